// A panel or a desk: knows only what it was told by events and what it asked for, and goes on from a cursor after every
// disconnect. What it holds must always be what the store holds.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "domain/event.h"
#include "simulation/town.h"

namespace kith::simulation {

// Newer seq wins.
template <class Key, class Value>
class Held {
 public:
  struct Told {
    Seq seq = 0;
    Value value;
  };
  void put(const Key& key, Seq seq, const Value& value) {
    Told& told = told_[key];
    if (seq >= told.seq) told = {seq, value};
  }
  [[nodiscard]] const std::map<Key, Told>& all() const { return told_; }

 private:
  std::map<Key, Told> told_;
};

struct View {
  Held<EntryId, Entry> entries;
  Held<TopicId, Topic> topics;
  Held<NoteId, Note> notes;
  Held<PromiseId, Promise> promises;
  Held<ConversationId, Thread> threads;
  Held<PersonId, Person> people;
  Held<PersonId, ColleagueChanged> colleagues;
  Held<ConversationId, std::vector<PersonId>> companions;
  Held<ConversationId, std::optional<Later>> laters;
  Held<std::pair<ConversationId, ReadBy>, Seq> read;
  Held<int, Settings> settings;

  void apply(const Event& event);
};

class Client {
 public:
  Client(Town& town, Someone someone) : town_(town), someone_(someone) {}

  // Recognised anew; reloads when the thread is not the one it knew, else catches up from its cursor. Stays offline
  // when the session is over.
  void connect();
  void disconnect() { is_online_ = false; }
  // What the house tells while it is connected.
  void hear(std::span<const Event> events);

  [[nodiscard]] bool is_online() const { return is_online_; }
  [[nodiscard]] const Someone& someone() const { return someone_; }
  // What it holds that is not what the store holds; empty when everything is right.
  [[nodiscard]] std::string difference();

 private:
  void reload(const Snapshot& now);
  void hear_of_the_house(const Snapshot& now);
  void catch_up_from_cursor(const Snapshot& now);
  std::string visitor_difference(const Snapshot& now);
  std::string colleague_difference(const Snapshot& now);

  Town& town_;
  Someone someone_;
  Actor actor_;
  bool is_online_ = false;
  Seq cursor_ = 0;
  std::optional<Thread> thread_;  // visitors: the one they know
  View view_;
};

}  // namespace kith::simulation
