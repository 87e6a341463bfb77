// For tests of use cases: a house in memory with a moment, people in it, and what happened.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "base/text.h"
#include "people/house.h"
#include "people/join_team.h"
#include "people/recognise.h"
#include "people/sign_in.h"
#include "people/start_visit.h"
#include "storage/memory/memory_store.h"
#include "storage/memory/run_in_group.h"

namespace kith {

class TestHouse : public testing::Test {
 protected:
  template <class Id>
  Id new_id() {
    return make_id<Id>(clock.now(), random);
  }
  Digest new_token() { return sha256(std::to_string(++tokens_)); }

  // Fails the test when the result is an error.
  template <class T>
  static T must(Result<T> result) {
    if (!result) throw std::runtime_error("unexpected: " + result.error().detail + " " + result.error().field);
    return std::move(*result);
  }

  static void must(Result<void> result) {
    if (!result) throw std::runtime_error("unexpected: " + result.error().detail + " " + result.error().field);
  }

  // One use case on its own; its events are appended to `events`.
  template <class UseCase, class Command>
  auto act(UseCase use_case, const Actor& actor, Command command) {
    return run_in_group(
        store, clock, random, std::move(command),
        [&](Tx& tx, const Command& again) { return use_case(tx, actor, again); }, &events);
  }
  template <class Write>
  auto write(Write write) {
    return write_in_group(store, clock, random, std::move(write), &events);
  }
  template <class Look>
  auto look(Look look) {
    return look_at(store, std::move(look));
  }

  // The first one looks after the house; the others are colleagues.
  Actor given_colleague(const std::string& name, bool as_leader = false) {
    const PersonId person = new_id<PersonId>();
    must(act(create_colleague, system_actor(),
             CreateColleague{.id = person,
                             .called = name,
                             .email = lower_ascii(name) + "@house.example",
                             .password_hash = "hash of " + name,
                             .as_leader = as_leader}));
    return signed_in(person);
  }
  Actor signed_in(PersonId person) {
    const Digest token = new_token();
    const Account account = must(look([&](const Snapshot& now) { return now.access().account(person); }));
    const SignIn command{new_id<SessionId>(), person, token, clock.now() + std::chrono::hours(2400),
                         account.password_hash};
    must(write([&](Tx& tx) { return sign_in(tx, command); }));
    return recognised(token);
  }
  Actor recognised(const Digest& token) {
    return must(look([&](const Snapshot& now) { return recognise_session(now, token, clock.now()); }));
  }
  Actor recognised_again(const Actor& actor) {
    return must(look([&](const Snapshot& now) { return recognise_session_again(now, *actor.session, clock.now()); }));
  }
  StartVisit visit(std::optional<HostIdentity> host = {}) {
    return {.id = new_id<SessionId>(),
            .token_digest = new_token(),
            .inbox = inbox,
            .expires_at = clock.now() + std::chrono::hours(2400),
            .host = std::move(host)};
  }
  Actor given_visitor() {
    const StartVisit command = visit();
    must(act(start_visit, Actor{}, command));
    return recognised(command.token_digest);
  }
  static Actor program(std::uint32_t scopes) {
    return {.kind = ActorKind::program, .scopes = scopes, .program_name = "till 2.1"};
  }

  Thread thread_of(const Actor& actor) {
    return must(look([&](const Snapshot& now) { return now.conversations().thread_of(actor.person); }));
  }
  Person person(PersonId id) {
    return must(look([&](const Snapshot& now) { return now.people().find(id); }));
  }

  template <class Body>
  std::vector<Body> events_of() const {
    std::vector<Body> found;
    for (const Event& event : events)
      if (const auto* body = std::get_if<Body>(&event.body)) found.push_back(*body);
    return found;
  }

  TestHouse() {
    admin = given_colleague("Ada");
    inbox = new_id<InboxId>();
    must(act(save_inbox, system_actor(), SaveInbox{Inbox{.id = inbox, .name = "Shop"}}));
    events.clear();
  }

  FakeClock clock;
  SeededRandom random{7};
  MemoryStore store;
  std::vector<Event> events;
  Actor admin;
  InboxId inbox;

 private:
  int tokens_ = 0;
};

template <class T>
void expect_error(const Result<T>& result, Errc code, std::string_view field = {}) {
  ASSERT_FALSE(result.has_value());
  EXPECT_STREQ(errc_name(result.error().code), errc_name(code)) << result.error().detail;
  if (!field.empty()) {
    EXPECT_EQ(result.error().field, field);
  }
}

}  // namespace kith
