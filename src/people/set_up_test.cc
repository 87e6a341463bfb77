#include "people/set_up.h"

#include "people/test_house.h"

namespace kith {
namespace {

// TestHouse has somebody who looks after it; here nobody does yet.
class SetUpTest : public TestHouse {
 protected:
  TakeHouse command() {
    return {.organisation = "Lamps of Lund",
            .time_zone = "Europe/Stockholm",
            .person = new_id<PersonId>(),
            .called = "Noor",
            .email = "noor@house.example",
            .password_hash = "hash"};
  }
  Result<Person> set_up_with(TakeHouse wanted) {
    return write_in_group(empty, clock, random, [&](Tx& tx) { return take_house(tx, wanted); });
  }
  bool is_needed() {
    return must(look_at(empty, [&](const Snapshot& now) { return needs_set_up(now.people(), clock.now()); }));
  }
  void given_sample_admin() {
    CreateColleague invented{.id = new_id<PersonId>(), .called = "Mira", .email = "mira@sample.example"};
    invented.password_hash = "hash";
    invented.as_leader = invented.as_admin = invented.is_sample = true;
    must(write_in_group(empty, clock, random, [&](Tx& tx) { return create_colleague(tx, system_actor(), invented); }));
  }

  MemoryStore empty;
};

TEST_F(SetUpTest, NamesTheHouseAndGivesItSomebodyAndADoor) {
  EXPECT_TRUE(is_needed());
  const Person noor = must(set_up_with(command()));
  EXPECT_FALSE(is_needed());
  look_at(empty, [&](const Snapshot& now) {
    const auto roles = now.people().roles(noor.id);
    for (RoleKind kind : {RoleKind::colleague, RoleKind::leader, RoleKind::admin})
      EXPECT_TRUE(std::ranges::any_of(*roles, [kind](const Role& role) { return role.kind == kind; }));
    EXPECT_EQ(now.house().settings()->organisation, "Lamps of Lund");
    EXPECT_EQ(now.house().settings()->opening.time_zone, "Europe/Stockholm");
    EXPECT_TRUE(default_inbox(now));
    return 0;
  });
}

TEST_F(SetUpTest, WorksOnce) {
  must(set_up_with(command()));
  TakeHouse other = command();
  other.email = "somebody@else.example";
  expect_error(set_up_with(other), Errc::conflict);
}

TEST_F(SetUpTest, DoesNotCountInventedPeople) {
  given_sample_admin();
  EXPECT_TRUE(is_needed());
  must(set_up_with(command()));
  EXPECT_FALSE(is_needed());
}

TEST_F(SetUpTest, ChangesNothingWhenSomethingIsWrong) {
  TakeHouse nowhere = command();
  nowhere.time_zone = "Lund";
  expect_error(set_up_with(nowhere), Errc::invalid, "time_zone");
  TakeHouse nameless = command();
  nameless.called = " ";
  expect_error(set_up_with(nameless), Errc::invalid, "called");
  EXPECT_TRUE(is_needed());
  look_at(empty, [&](const Snapshot& now) {
    EXPECT_EQ(now.house().settings(), Settings());
    EXPECT_TRUE(now.house().inboxes()->empty());
    return 0;
  });
}

TEST_F(SetUpTest, IsOverOnceSomebodyRealLooksAfterTheHouse) {
  expect_error(write([&](Tx& tx) { return take_house(tx, command()); }), Errc::conflict);
}

}  // namespace
}  // namespace kith
