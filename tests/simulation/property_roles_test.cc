// Rights follow roles in time and nothing else does (I1): somebody who has been a customer all along is granted and
// loses roles in the team, and what she may do is worked out here by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "conversations/read_conversation.h"
#include "conversations/write_message.h"
#include "people/colleagues.h"
#include "people/recognise.h"
#include "people/sign_in.h"
#include "simulation/dump.h"
#include "simulation/seeds.h"
#include "simulation/town.h"

namespace kith::simulation {
namespace {

class RoleProperty : public ::testing::TestWithParam<StoreKind> {
 protected:
  [[nodiscard]] std::uint64_t many(std::uint64_t in_memory) const {
    return GetParam().name == "memory" ? in_memory : std::max<std::uint64_t>(in_memory / 10, 2);
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, RoleProperty, ::testing::ValuesIn(store_kinds()), name_of_kind);

// How often something happened over all walks, so that no walk passes by doing nothing.
struct Happened {
  int granted = 0;
  int not_granted = 0;
  int ended = 0;
  int not_ended = 0;
  int at_desk = 0;
  int shut_out = 0;
};

// A customer with an account, and the roles that were given to her.
class RoleWalk {
 public:
  RoleWalk(const StoreKind& kind, std::uint64_t seed, Happened& happened)
      : town_(kind, seed), happened_(happened), ada_(town_.add_colleague("ada")), mara_(town_.add_visitor()) {
    const WriteMessage message{.id = town_.new_id<EntryId>(), .text = town_.some_words()};
    EXPECT_TRUE(town_.run(town_.actor(mara_), write_message, message));
    // No way leads a known person through the door yet, so her account is put there by hand.
    const Account account{.person = mara_.person, .email = "mara@team.example", .password_hash = kHash};
    EXPECT_TRUE(town_.write([&](Tx& tx) { return tx.access().save_account(account); }));
    const auto first = roles_kept();
    EXPECT_EQ(first.size(), 1U);
    for (const Role& role : first) {
      EXPECT_EQ(role.kind, RoleKind::customer);
      EXPECT_EQ(role.from, town_.clock.now());
      EXPECT_FALSE(role.until);
      roles_[role.id] = role;
    }
    story_ = story();
  }

  void step() {
    town_.clock.advance(std::chrono::minutes(town_.random.below(4)));
    check();  // time alone gives and takes
    switch (town_.random.below(6)) {
      case 0:
      case 1:
      case 2:
        grant();
        break;
      case 3:
        plan();
        break;
      default:
        end();
    }
    check();
    sign_in_again();
    check();
  }

  void check() {
    const auto kept = roles_kept();
    EXPECT_EQ(kept.size(), roles_.size());
    for (const auto& [id, role] : roles_)
      EXPECT_NE(std::ranges::find(kept, role), kept.end()) << "a role was lost or changed";
    const auto desk = at_desk();
    EXPECT_EQ(desk.has_value(), is_signed_in_ && is_in_team());
    ++(desk ? happened_.at_desk : happened_.shut_out);
    if (desk) {
      EXPECT_EQ(desk->kind, ActorKind::colleague);
      EXPECT_EQ(desk->person, mara_.person);
      EXPECT_EQ(desk->is_leader, may_be(RoleKind::leader));
      EXPECT_EQ(desk->is_admin, may_be(RoleKind::admin));
    }
    const auto team = town_.look([&](const Snapshot& now) { return now.people().team_members(town_.clock.now()); });
    EXPECT_EQ(std::ranges::count(*team, mara_.person, &Person::id), is_in_team() ? 1 : 0);
    check_the_customer();
  }

 private:
  static constexpr const char* kHash = "not a hash";

  // ---- by hand: what the house has to say

  [[nodiscard]] bool may_be(RoleKind kind) const {
    const Time now = town_.clock.now();
    for (const auto& [id, role] : roles_) {
      const bool is_over = role.until && now >= *role.until;
      if (role.kind == kind && !is_over) return true;
    }
    return false;
  }
  [[nodiscard]] bool is_in_team() const {
    return may_be(RoleKind::colleague) || may_be(RoleKind::leader) || may_be(RoleKind::admin);
  }
  // Ada looks after the house; she herself may what her roles let her.
  [[nodiscard]] bool may_open_doors(bool by_ada, RoleKind kind) const {
    if (by_ada || may_be(RoleKind::admin)) return true;
    return may_be(RoleKind::leader) && kind != RoleKind::admin;
  }

  // ---- what is done

  // Somebody who decides: Ada, or she herself at her desk.
  std::pair<Actor, bool> somebody() {
    const auto desk = at_desk();
    if (desk && town_.one_in(3)) return {*desk, false};
    return {town_.actor(ada_), true};
  }
  void grant() {
    const auto [who, by_ada] = somebody();
    const auto kind = static_cast<RoleKind>(town_.random.below(4));
    const GrantRole command{town_.new_id<RoleId>(), mara_.person, kind, {}};
    const bool expected = may_open_doors(by_ada, kind) && !may_be(kind);
    const auto granted = town_.run(who, grant_role, command);
    EXPECT_EQ(granted.has_value(), expected) << "granting " << static_cast<int>(kind);
    if (granted)
      roles_[command.id] = {
          .id = command.id, .person = mara_.person, .kind = kind, .from = town_.clock.now(), .until = {}};
    ++(granted ? happened_.granted : happened_.not_granted);
  }
  // A role that ends by itself; only the store knows such ones yet. One in three seems to begin later: so it looks
  // when the clock was set back after it was given, and it holds all the same.
  void plan() {
    const Time from = town_.clock.now() + std::chrono::minutes(town_.one_in(3) ? 1 + town_.random.below(5) : 0);
    const Role role{.id = town_.new_id<RoleId>(),
                    .person = mara_.person,
                    .kind = static_cast<RoleKind>(1 + town_.random.below(3)),
                    .from = from,
                    .until = from + std::chrono::minutes(1 + town_.random.below(6))};
    EXPECT_TRUE(town_.write([&](Tx& tx) { return tx.people().add_role(role); }));
    roles_[role.id] = role;
  }
  void end() {
    const auto [who, by_ada] = somebody();
    auto chosen = roles_.begin();
    std::advance(chosen, static_cast<std::ptrdiff_t>(town_.random.below(roles_.size())));
    Role& role = chosen->second;
    const bool expected = may_open_doors(by_ada, RoleKind::colleague) && may_open_doors(by_ada, role.kind);
    const auto ended = town_.run(who, end_role, EndRole{role.id, mara_.person});
    EXPECT_EQ(ended.has_value(), expected);
    ++(ended ? happened_.ended : happened_.not_ended);
    if (!ended) return;
    const bool was_over = role.until && *role.until <= town_.clock.now();
    if (was_over) return;
    role.until = town_.clock.now();
    if (!is_in_team()) is_signed_in_ = false;
  }
  void sign_in_again() {
    if (is_signed_in_) return;
    town_.random.fill(desk_token_);
    const SignIn command{town_.new_id<SessionId>(), mara_.person, desk_token_,
                         town_.clock.now() + std::chrono::hours(9000), kHash};
    const auto signed_in = town_.write([&](Tx& tx) { return sign_in(tx, command); });
    EXPECT_EQ(signed_in.has_value(), is_in_team());
    is_signed_in_ = signed_in.has_value();
  }

  // ---- what the house says

  std::vector<Role> roles_kept() {
    return town_.look([&](const Snapshot& now) { return now.people().roles(mara_.person); }).value();
  }
  Result<Actor> at_desk() {
    return town_.look([&](const Snapshot& now) { return recognise_session(now, desk_token_, town_.clock.now()); });
  }
  // Whatever she is in the team, at her own device she is a customer: her words are there, and nobody else's.
  void check_the_customer() {
    const Actor customer = town_.actor(mara_);
    EXPECT_EQ(customer.kind, ActorKind::visitor) << "she is no customer any more";
    EXPECT_EQ(customer.person, mara_.person);
    EXPECT_FALSE(customer.is_leader || customer.is_admin);
    EXPECT_FALSE(town_.look([&](const Snapshot& now) { return list_people(now, customer, {}); }));
    EXPECT_EQ(story(), story_) << "more changed than her roles";
  }
  std::string story() {
    const std::string all = town_.look([&](const Snapshot& now) { return dump(now, {mara_.person}); });
    std::string kept;
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t end = all.find('\n', at) + 1;
      const std::string line = all.substr(at, end - at);
      if (!line.starts_with("  role|")) kept += line;
      at = end;
    }
    return kept;
  }

  Town town_;
  Happened& happened_;
  Someone ada_;
  Someone mara_;
  Digest desk_token_{};
  bool is_signed_in_ = false;
  std::map<RoleId, Role> roles_;
  std::string story_;
};

TEST_P(RoleProperty, RightsFollowRolesInTimeAndNothingIsLost) {
  Happened happened;
  const auto walks = seeds(many(40));
  for (const std::uint64_t seed : walks) {
    RoleWalk walk(GetParam(), seed, happened);
    for (int step = 0; step < 40; ++step) {
      walk.step();
      ASSERT_FALSE(HasFailure()) << replay(seed);
    }
  }
  if (!must_have_tried_all(walks)) return;
  for (const int times : {happened.granted, happened.not_granted, happened.ended, happened.not_ended, happened.at_desk,
                          happened.shut_out})
    EXPECT_GT(times, 0) << "the walks tried too little";
}

}  // namespace
}  // namespace kith::simulation
