// For tests: the few words that contract tests on a store are written in (store_houses.h has the stores).
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "storage/memory/run_in_group.h"
#include "storage/store_houses.h"

namespace kith {

// A test on one store. INSTANTIATE_TEST_SUITE_P(Stores, Name, ValuesIn(store_kinds()), name_of_kind) runs it on all.
class StoreContract : public ::testing::TestWithParam<StoreKind> {
 protected:
  Store& store() { return house_->store(); }

  // A unit of its own; `write` takes Tx& and returns a Result.
  template <class Write>
  auto write(Write write) {
    clock.advance(std::chrono::seconds(1));
    return write_in_group(store(), clock, random, std::move(write), &events);
  }
  // On a snapshot; `look` takes const Snapshot&.
  template <class Look>
  auto look(Look look) {
    return look_at(store(), std::move(look));
  }

  template <class TypedId>
  TypedId new_id() {
    return make_id<TypedId>(clock.now(), random);
  }

  Person given_person(std::string called);
  // A person with her conversation.
  Conversation given_conversation(std::string called);
  Conversation given_conversation(const Person& person);
  // A customer's message unless `kind` says something else.
  Entry new_entry(const Conversation& conversation, std::string text, AuthorKind kind = AuthorKind::customer);
  Entry given_entry(const Conversation& conversation, std::string text, AuthorKind kind = AuthorKind::customer);
  // Edits or takes back.
  Result<EntryVersion> given_version(const Entry& entry, std::uint32_t number, std::string text,
                                     bool taken_back = false);
  // The pointer and the Merge, as the use case writes them.
  Merge given_merge(PersonId from, PersonId into);
  void given_undone(Merge merge);

  std::unique_ptr<StoreHouse> house_ = GetParam().open();
  FakeClock clock;
  SeededRandom random{20261122};
  std::vector<Event> events;
};

}  // namespace kith
