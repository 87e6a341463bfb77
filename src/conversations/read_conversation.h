// Reading: one conversation page by page, and the lists a desk begins with.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "domain/access.h"
#include "domain/attachment.h"
#include "domain/conversation.h"
#include "domain/entry.h"
#include "domain/person.h"
#include "domain/ports/store.h"
#include "domain/promise.h"
#include "domain/topic.h"

namespace kith {

inline constexpr std::size_t kLongestPage = 200;

struct ListEntries {
  std::optional<ConversationId> conversation;  // nothing: the visitor's own
  std::optional<Seq> before;                   // the cursor of the page before
  std::size_t limit = 50;                      // at most kLongestPage; fewer when their texts are long (page_text.h)
};
struct EntryPage {
  std::vector<Entry> entries;           // newest first, over all strands
  std::vector<Attachment> attachments;  // of these entries
  std::optional<Seq> next;              // where the next, older page begins; nothing at the beginning of the story
};
Result<EntryPage> list_entries(const Snapshot& snapshot, const Actor& actor, const ListEntries& query);

Result<Entry> view_entry(const Snapshot& snapshot, const Actor& actor, EntryId entry);

struct ConversationView {
  Thread thread;
  Person person;
  std::vector<Topic> topics;         // oldest first
  std::vector<Promise> promises;     // oldest first
  std::vector<PersonId> companions;  // the latest first
  std::vector<Handover> handovers;   // latest offer first, at most kMostHandovers; not for customers
  std::optional<Later> later;        // the asking colleague's
  Seq read_seq = 0;                  // up to where whoever asks has read; 0 for programs
  Seq read_by_other = 0;             // up to where the other side has: for the desk the customer, for her the team
};
inline constexpr std::size_t kMostHandovers = 5;

Result<ConversationView> view_conversation(const Snapshot& snapshot, const Actor& actor,
                                           std::optional<ConversationId> conversation);

struct ListPeople {
  std::optional<Seq> before;
  std::size_t limit = 50;
};
// A row together with what it is to the colleague who asks.
struct DeskRow : ConversationRow {
  Seq read_seq = 0;
  std::optional<Later> later;
  std::vector<PersonId> companions;  // the latest first
};
struct PeoplePage {
  std::vector<DeskRow> rows;  // newest activity first
  std::optional<Seq> next;
};
Result<PeoplePage> list_people(const Snapshot& snapshot, const Actor& actor, const ListPeople& query);

struct ListLine {
  std::optional<Place<ConversationId>> after;
  std::size_t limit = 50;
};
struct LinePage {
  std::vector<DeskRow> rows;  // longest first
  std::optional<Place<ConversationId>> further;
};
// Who waits for an answer.
Result<LinePage> waiting_line(const Snapshot& snapshot, const Actor& actor, const ListLine& query);

struct ListPromises {
  std::optional<PersonId> by;  // nothing: everyone's
  std::optional<Place<PromiseId>> after;
  std::size_t limit = 50;
};
struct PromisePage {
  std::vector<Promise> promises;  // soonest due first
  std::optional<Place<PromiseId>> further;
};
// Promises still to be kept.
Result<PromisePage> list_promises(const Snapshot& snapshot, const Actor& actor, const ListPromises& query);

}  // namespace kith
