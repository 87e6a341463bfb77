// What happened in the sample shop in the last months: a small workshop that makes and mends lamps, in Lund and Malmö.
// Invented from beginning to end; told in the order in which it happened.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "domain/inbox.h"

namespace kith {

struct SampleColleague {
  const char* called;
  const char* email;
  const char* face;  // of sample_faces/
  const char* hello_line;
  bool leads;  // and looks after the house, so that a newcomer can try everything
};

struct SampleCustomer {
  const char* called;
  const char* language;
  const char* face;
  const char* email;         // left as an address for the answer; empty: none
  const char* access_needs;  // in her words; empty: none
};

enum class SampleActKind : std::uint8_t {
  comes,     // the customer comes in for the first time
  says,      // the customer writes
  thanks,    // the customer writes thanks
  answers,   // the colleague writes
  promises,  // the colleague promises `text`, due at `due`
  keeps,     // the promise given last to this customer is kept
  notes,     // the colleague writes a note about the customer
  settles,   // the customer is content with `topic`
};

// Days ago and the time on the wall of the shop; or, with no days, so many minutes before the telling.
struct SampleMoment {
  int days_ago = 0;
  int minutes = 0;
};

// So many days after the promise, and the time on the wall of the shop.
struct SampleDue {
  int in_days = 0;
  int minutes = 0;
};

struct SampleAct {
  SampleMoment at;
  SampleActKind kind;
  std::size_t customer;   // index into sample_customers()
  std::size_t colleague;  // index into sample_colleagues(), where one acts
  const char* topic;      // what it is about; empty: nothing in particular
  const char* text;
  SampleDue due = {};
};

std::span<const SampleColleague> sample_colleagues();
std::span<const SampleCustomer> sample_customers();
// Conversation by conversation, each oldest first.
std::span<const SampleAct> sample_acts();
// How the shop calls itself and when it is open.
const Settings& sample_settings();

}  // namespace kith
