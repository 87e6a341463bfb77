#include "server/sample_team.h"

#include <algorithm>
#include <chrono>

#include "base/time_zone.h"
#include "conversations/read_conversation.h"
#include "conversations/read_marks.h"
#include "people/colleagues.h"
#include "people/house.h"
#include "people/join_team.h"
#include "people/recognise.h"
#include "people/sign_in.h"
#include "runtime/passwords.h"
#include "server/sample_script.h"
#include "storage/memory/memory_store.h"
#include "storage/memory/run_in_group.h"

namespace kith {
namespace {

class SampleTeam : public testing::Test {
 protected:
  void SetUp() override {
    auto sign_in = bring_in_sample(store_, clock_, random_);
    ASSERT_TRUE(sign_in) << sign_in.error().detail << " " << sign_in.error().field;
    sign_in_ = *sign_in;
  }
  House house() {
    return *look_at(store_, [](const Snapshot& now) { return view_house(now, system_actor()); });
  }
  std::vector<TeamMember> team() {
    return *look_at(store_, [&](const Snapshot& now) { return list_team(now, system_actor(), clock_.now()); });
  }
  std::vector<ConversationRow> conversations() {
    return *look_at(store_, [](const Snapshot& now) { return now.conversations().recent(std::nullopt, 50); });
  }

  FakeClock clock_;
  SeededRandom random_{1};
  MemoryStore store_;
  SampleSignIn sign_in_;
};

TEST_F(SampleTeam, IsASmallShopAndSaysThatItIsInvented) {
  EXPECT_EQ(team().size(), sample_colleagues().size());
  EXPECT_TRUE(std::ranges::all_of(team(), [](const TeamMember& member) { return member.person.is_sample; }));
  ASSERT_EQ(house().inboxes.size(), 1U);
  EXPECT_TRUE(house().inboxes[0].is_sample);
  EXPECT_EQ(conversations().size(), sample_customers().size());
  EXPECT_TRUE(house().settings.organisation.ends_with("(sample)"));
  for (const ConversationRow& row : conversations()) EXPECT_TRUE(row.person.is_sample) << row.person.called;
}

TEST_F(SampleTeam, HasSomebodyWhoWaits) {
  auto waiting = look_at(store_, [](const Snapshot& now) { return now.conversations().waiting({}, 50); });
  ASSERT_TRUE(waiting);
  EXPECT_EQ(waiting->size(), 5U);
}

TEST_F(SampleTeam, HasNothingUnreadButWhatWaits) {
  int marks = 0;
  for (const ConversationRow& row : conversations()) {
    const ConversationId strands[] = {row.conversation.id};
    for (const TeamMember& member : team()) {
      const auto read = look_at(store_, [&](const Snapshot& now) {
        return read_up_to(now.read_marks(), now.entries(), strands, ReadBy::colleague, member.person.id);
      });
      ASSERT_TRUE(read);
      const bool waits = row.conversation.waiting_since.has_value();
      EXPECT_EQ(*read < row.conversation.last_entry, waits) << row.person.called << " and " << member.person.called;
      ++marks;
    }
  }
  EXPECT_EQ(marks, 15 * 6);
}

TEST_F(SampleTeam, HasPromisesThatAreStillToBeKept) {
  auto alive =
      look_at(store_, [](const Snapshot& now) { return now.promises().alive(std::nullopt, std::nullopt, 50); });
  ASSERT_TRUE(alive);
  ASSERT_EQ(alive->size(), 4U);
  for (const Promise& promise : *alive) EXPECT_GT(promise.due, clock_.now()) << promise.what;
}

TEST_F(SampleTeam, PromisesForAnHourThatFitsTheWords) {
  auto alive =
      look_at(store_, [](const Snapshot& now) { return now.promises().alive(std::nullopt, std::nullopt, 50); });
  ASSERT_TRUE(alive);
  const auto zone = TimeZone::find(sample_settings().opening.time_zone);
  ASSERT_TRUE(zone);
  for (const Promise& promise : *alive) {
    const WallTime due = zone->wall(promise.due);
    const auto clock = due - std::chrono::floor<std::chrono::days>(due);
    const bool is_late = promise.what.find("after six") != std::string::npos;
    EXPECT_EQ(clock, is_late ? std::chrono::hours(20) : std::chrono::hours(18)) << promise.what;
  }
}

TEST_F(SampleTeam, LetsMiraInWithThePasswordThatWasShown) {
  auto account =
      look_at(store_, [&](const Snapshot& now) { return account_to_sign_in(now, sign_in_.email, clock_.now()); });
  ASSERT_TRUE(account);
  EXPECT_TRUE(runtime::verify_password(account->password_hash, sign_in_.password));
}

TEST_F(SampleTeam, ComesOnceHoweverOftenItIsCalled) {
  auto again = bring_in_sample(store_, clock_, random_);
  ASSERT_TRUE(again);
  EXPECT_EQ(team().size(), sample_colleagues().size());
  EXPECT_EQ(conversations().size(), sample_customers().size());
  EXPECT_NE(again->password, sign_in_.password);
}

TEST_F(SampleTeam, HasFacesThatAreInventedToo) {
  for (const ConversationRow& row : conversations()) {
    const auto face = look_at(store_, [&](const Snapshot& now) { return now.people().face(row.person.face); });
    ASSERT_TRUE(face) << row.person.called;
    EXPECT_EQ(face->media_type, "image/webp");
  }
  EXPECT_TRUE(std::ranges::all_of(team(), [](const TeamMember& member) { return !member.person.face.empty(); }));
}

TEST_F(SampleTeam, LeavesTheNameThatSomebodyRealGaveTheHouse) {
  auto rename = [](Tx& tx) -> Result<Settings> {
    KITH_TRY(const Settings before, tx.house().settings());
    return save_settings(tx, system_actor(), {.version = before.version, .organisation = "Lamps of Lund"});
  };
  ASSERT_TRUE(write_in_group(store_, clock_, random_, rename));
  ASSERT_TRUE(write_in_group(store_, clock_, random_, [](Tx& tx) { return remove_sample(tx, system_actor()); }));
  EXPECT_EQ(house().settings.organisation, "Lamps of Lund");
}

TEST_F(SampleTeam, GoesWithoutTouchingARealColleague) {
  CreateColleague real{.id = make_id<PersonId>(clock_.now(), random_), .called = "Real", .email = "real@shop.example"};
  real.password_hash = "hash";
  ASSERT_TRUE(
      write_in_group(store_, clock_, random_, [&](Tx& tx) { return create_colleague(tx, system_actor(), real); }));
  auto gone = write_in_group(store_, clock_, random_, [](Tx& tx) { return remove_sample(tx, system_actor()); });
  ASSERT_TRUE(gone);
  EXPECT_EQ(*gone, static_cast<std::int64_t>(sample_colleagues().size() + sample_customers().size()));
  ASSERT_EQ(team().size(), 1U);
  EXPECT_EQ(team()[0].person.called, "Real");
  EXPECT_TRUE(house().inboxes.empty());
  EXPECT_TRUE(conversations().empty());
  EXPECT_EQ(house().settings.organisation, Settings().organisation);
  EXPECT_EQ(house().settings.opening, Opening());
}

}  // namespace
}  // namespace kith
