// A small day in a house: people write, settle, promise, note, are merged and taken apart; connections drop, the
// process ends, the disk is full. One seed makes one day.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "care/presence_board.h"
#include "simulation/client.h"
#include "simulation/failing_houses.h"
#include "simulation/town.h"

namespace kith::simulation {

struct DayOptions {
  int steps = 60;
  bool with_failing_commits = false;  // only for a store that can be told to fail
  bool with_merges = true;
};

class SmallDay {
 public:
  SmallDay(const StoreKind& kind, std::uint64_t seed, DayOptions options);

  // Lives the whole day. What went wrong first, or nothing.
  std::string live();
  // Everything the house holds at the end.
  std::string dump();
  // Where the day was lived; to go on with.
  Town& town() { return town_; }
  // How often the disk failed under somebody.
  [[nodiscard]] int failed_commits() const { return failed_commits_; }

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
  void mind();
  void keep_draft();
  void hand_over();
  void write_for_later();
  void send_file();
  void pause();
  void tell_of_herself();
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
  std::vector<HandoverId> handovers_;
  Seq last_heard_ = 0;
  int failed_commits_ = 0;
  std::string wrong_;
};

template <class Command, class Answer>
Result<Answer> SmallDay::attempt(const Actor& who, Result<Answer> (*use_case)(Tx&, const Actor&, const Command&),
                                 const Command& command) {
  if (options_.with_failing_commits && town_.one_in(12)) {
    const Errc why = town_.one_in(2) ? Errc::storage_full : Errc::unavailable;
    auto& disk = dynamic_cast<CanFail&>(*town_.house);
    disk.fail_next_commit(why);
    const auto failed = town_.run(who, use_case, command);
    disk.heal();
    // A command that writes nothing finds no fault with the disk.
    const bool has_failed = !failed && failed.error().code == why;
    failed_commits_ += has_failed ? 1 : 0;
    if (!town_.news.empty()) fail_with("a failed commit told something");
    if (has_failed && why == Errc::unavailable) end_process();
  }
  auto answer = town_.run(who, use_case, command);
  const bool is_broken =
      !answer && (answer.error().code == Errc::unavailable || answer.error().code == Errc::storage_full);
  if (is_broken) fail_with("a use case broke: " + answer.error().detail);
  if (!answer && !town_.news.empty()) fail_with("a refused command told something");
  if (town_.one_in(15)) {
    // The process ends after the commit and before anybody hears of it.
    if (!town_.news.empty()) last_heard_ = town_.news.back().seq;
    end_process();
  } else {
    deliver();
  }
  const bool is_repeatable = requires { command.id; } || requires { command.act; };
  if (answer && is_repeatable && town_.one_in(5)) {
    const auto again = town_.run(who, use_case, command);
    if (!again) fail_with("a repeat was refused: " + again.error().detail);
    if (!town_.news.empty()) fail_with("a repeat told something twice");
  }
  return answer;
}

}  // namespace kith::simulation
