// For tests: runs one use case as a group of its own, the way the store thread would.
#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "domain/ports/store.h"

namespace kith {

// Commands are copied for each run, because a store may run a unit twice.
template <class UseCase, class Command>
class UseCaseUnit : public WriteUnit {
 public:
  using Answer = std::remove_cvref_t<std::invoke_result_t<UseCase&, Tx&, Command>>;

  UseCaseUnit(UseCase use_case, Command command) : use_case_(std::move(use_case)), command_(std::move(command)) {}
  bool run(Tx& tx) override {
    answer_.reset();
    answer_.emplace(use_case_(tx, command_));
    return answer_->has_value();
  }
  // Ran and was committed, or why not.
  Answer answer(const GroupOutcome& outcome) {
    if (!outcome.commit) return std::unexpected<Error>(outcome.commit.error());
    if (!answer_) return fail(Errc::unavailable, "the unit did not finish");
    return std::move(*answer_);
  }

 private:
  UseCase use_case_;
  Command command_;
  std::optional<Answer> answer_;
};

// run_in_group(store, clock, random, WriteMessage{...}, write_message): what the use case answers. The events of the
// group are appended to `events` when given.
template <class UseCase, class Command>
auto run_in_group(Store& store, const Clock& clock, Random& random, Command command, UseCase use_case,
                  std::vector<Event>* events = nullptr) {
  UseCaseUnit<UseCase, Command> unit(std::move(use_case), std::move(command));
  WriteUnit* units[] = {&unit};
  GroupOutcome outcome = store.commit_group(units, clock.now(), random);
  if (events) events->insert(events->end(), outcome.events.begin(), outcome.events.end());
  return unit.answer(outcome);
}

// write_in_group(store, clock, random, [&](Tx& tx) -> Result<void> { ... }): the same for a few lines without a
// command.
template <class Write>
auto write_in_group(Store& store, const Clock& clock, Random& random, Write write,
                    std::vector<Event>* events = nullptr) {
  struct NoCommand {};
  return run_in_group(
      store, clock, random, NoCommand{}, [&write](Tx& tx, const NoCommand&) { return write(tx); }, events);
}

// look_at(store, [&](const Snapshot& now) { return now.entries().find(id); }): what `look` returns, on a snapshot.
template <class Look>
auto look_at(Store& store, Look look) {
  using Seen = std::remove_cvref_t<std::invoke_result_t<Look&, const Snapshot&>>;
  std::optional<Seen> seen;
  auto reader = store.open_reader();
  if (!reader) throw std::runtime_error("no reader: " + reader.error().detail);
  auto read = (*reader)->read([&](const Snapshot& now) { seen.emplace(look(now)); });
  if (!read) throw std::runtime_error("could not read: " + read.error().detail);
  return std::move(*seen);
}

}  // namespace kith
