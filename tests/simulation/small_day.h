// A small day in a house: people write, settle, promise, note, are merged and taken apart; connections drop, the
// process ends, the disk is full. One seed makes one day.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "care/presence_board.h"
#include "simulation/client.h"
#include "simulation/town.h"

namespace kith::simulation {

struct DayOptions {
  int steps = 60;
  bool with_failing_commits = false;  // only for a store that can be told to fail
};

class SmallDay {
 public:
  SmallDay(const StoreKind& kind, std::uint64_t seed, DayOptions options);

  // Lives the whole day. What went wrong first, or nothing.
  std::string live();
  // Everything the house holds at the end.
  std::string dump();

 private:
  void open_house();
  void step();
  void act();
  void write();
  void edit();
  void topic();
  void promise();
  void note();
  void desk();
  void rename();
  void merge();
  void let_time_pass();
  void connections();
  void presence();
  void newcomer();

  // Runs the command as an adapter would, with everything that can go wrong on the way.
  template <class Command, class Answer>
  Result<Answer> attempt(const Actor& who, Result<Answer> (*use_case)(Tx&, const Actor&, const Command&),
                         const Command& command);
  void deliver();
  void end_process();
  void fail_with(const std::string& what);
  void check_everything();
  void check_clients();
  void check_conversations(const Snapshot& now);
  void check_promises(const Snapshot& now);
  void check_words(const Snapshot& now);

  Actor some_colleague();
  Actor somebody();
  ConversationId some_conversation();

  Town town_;
  DayOptions options_;
  PresenceBoard board_;
  std::map<PersonId, Presence> seen_presence_;  // what a connected desk has heard of the board
  std::vector<Client> clients_;
  std::map<EntryId, std::string> said_;  // every entry somebody was told is kept, with its first words
  std::vector<TopicId> topics_;
  std::vector<PromiseId> promises_;
  std::vector<NoteId> notes_;
  std::vector<MergeId> merges_;
  Seq last_heard_ = 0;
  std::string wrong_;
};

}  // namespace kith::simulation
