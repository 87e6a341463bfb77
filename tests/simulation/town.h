// A house with colleagues and customers, run by the real use cases on one store, one clock and one seed.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "domain/access.h"
#include "storage/memory/run_in_group.h"
#include "storage/store_houses.h"

namespace kith::simulation {

// A human at a device: what proves her, and who she was when she came.
struct Someone {
  PersonId person;
  SessionId session;
  Digest token{};
};

class Town {
 public:
  Town(const StoreKind& kind, std::uint64_t seed);

  Someone add_colleague(const std::string& called);
  Someone add_visitor();
  // With the rights of this moment; nobody when the session is over.
  Actor actor(const Someone& someone);
  // Her own, whoever she was joined with.
  ConversationId strand_of(PersonId person);

  // The use case as `someone`, in a group of its own. Its events are in `news` afterwards.
  template <class Command, class Answer>
  Result<Answer> run(const Actor& who, Result<Answer> (*use_case)(Tx&, const Actor&, const Command&),
                     const Command& command) {
    news.clear();
    return run_in_group(
        house->store(), clock, random, command,
        [&](Tx& tx, const Command& wanted) { return use_case(tx, who, wanted); }, &news);
  }
  template <class Write>
  auto write(Write write) {
    news.clear();
    return write_in_group(house->store(), clock, random, std::move(write), &news);
  }
  template <class Look>
  auto look(Look look) {
    return look_at(house->store(), std::move(look));
  }

  template <class TypedId>
  TypedId new_id() {
    return make_id<TypedId>(clock.now(), random);
  }
  bool one_in(std::uint64_t chances) { return random.below(chances) == 0; }
  template <class Thing>
  const Thing& any_of(const std::vector<Thing>& things) {
    return things[random.below(things.size())];
  }
  // A few words, sometimes with letters beyond ASCII.
  std::string some_words();

  std::unique_ptr<StoreHouse> house;
  FakeClock clock;
  SeededRandom random;
  InboxId inbox;
  std::vector<Someone> colleagues;
  std::vector<Someone> visitors;
  std::vector<Event> news;

 private:
  Someone open_session(PersonId person);
};

}  // namespace kith::simulation
