// What every store must do with people, roles, merges and identities.
#include "storage/store_contract.h"

namespace kith {
namespace {

class PeopleContract : public StoreContract {};
INSTANTIATE_TEST_SUITE_P(Stores, PeopleContract, ::testing::ValuesIn(store_kinds()), name_of_kind);

std::vector<std::string> names(const std::vector<Person>& people) {
  std::vector<std::string> found;
  for (const Person& person : people) found.push_back(person.called);
  return found;
}

TEST_P(PeopleContract, KeepsAPersonAsSheIs) {
  const Person anna = given_person("Anna Müller");
  EXPECT_EQ(look([&](const Snapshot& now) { return now.people().find(anna.id); }).value(), anna);
}

TEST_P(PeopleContract, KeepsFacesByTheirKeys) {
  Person noor = given_person("Noor");
  const Face face{"some-key", noor.id, "image/webp", std::string("\0RIFF\xff", 6)};
  const auto add = [&](const Face& one) { return write([&](Tx& tx) { return tx.people().add_face(one); }); };
  const auto find = [&] { return look([&](const Snapshot& now) { return now.people().face("some-key"); }); };
  EXPECT_EQ(find().error().code, Errc::not_found);
  ASSERT_TRUE(add(face));
  EXPECT_EQ(add(face).error().code, Errc::conflict);
  EXPECT_EQ(add({"other-key", new_id<PersonId>(), "image/png", "bytes"}).error().code, Errc::not_found);
  noor.face = face.key;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.people().save(noor); }));
  house_->reopen();
  EXPECT_EQ(find().value(), face);
  EXPECT_EQ(look([&](const Snapshot& now) { return now.people().find(noor.id); }).value(), noor);
  ASSERT_TRUE(write([&](Tx& tx) { return tx.people().remove_face(face.key); }));
  ASSERT_TRUE(write([&](Tx& tx) { return tx.people().remove_face(face.key); })) << "fine when it is gone already";
  EXPECT_EQ(find().error().code, Errc::not_found);
}

TEST_P(PeopleContract, DoesNotKnowStrangers) {
  const auto stranger = new_id<PersonId>();
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.people().find(stranger).error().code, Errc::not_found);
    EXPECT_EQ(now.people().resolve(stranger).error().code, Errc::not_found);
    EXPECT_EQ(now.people().find_merge(new_id<MergeId>()).error().code, Errc::not_found);
    EXPECT_EQ(now.people().standing_merge(stranger).error().code, Errc::not_found);
    EXPECT_TRUE(now.people().roles(stranger)->empty());
    EXPECT_TRUE(now.people().merged_into(stranger)->empty());
    EXPECT_TRUE(now.people().merges_of(stranger)->empty());
    return 0;
  });
}

TEST_P(PeopleContract, RefusesTheSameIdTwice) {
  Person anna = given_person("Anna");
  anna.called = "Somebody else";
  EXPECT_EQ(write([&](Tx& tx) { return tx.people().add(anna); }).error().code, Errc::conflict);
  EXPECT_EQ(look([&](const Snapshot& now) { return now.people().find(anna.id); })->called, "Anna");
}

TEST_P(PeopleContract, SavesOnlyWhatExists) {
  Person anna = given_person("Anna");
  anna.called = "Anni";
  anna.languages = {};
  anna.access_needs = "";
  ASSERT_TRUE(write([&](Tx& tx) { return tx.people().save(anna); }));
  EXPECT_EQ(look([&](const Snapshot& now) { return now.people().find(anna.id); }).value(), anna);
  anna.id = new_id<PersonId>();
  EXPECT_EQ(write([&](Tx& tx) { return tx.people().save(anna); }).error().code, Errc::not_found);
}

TEST_P(PeopleContract, KeepsRolesInTime) {
  const Person anna = given_person("Anna");
  const Team team{new_id<TeamId>(), "Counter", false};
  Role customer{new_id<RoleId>(), anna.id, RoleKind::customer, {}, Time{100}, {}};
  Role leader{new_id<RoleId>(), anna.id, RoleKind::leader, team.id, Time{200}, Time{300}};
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.house().save_team(team));
    KITH_CHECK(tx.people().add_role(customer));
    return tx.people().add_role(leader);
  }));
  EXPECT_EQ(look([&](const Snapshot& now) { return now.people().roles(anna.id); }).value(),
            (std::vector{customer, leader}));
  customer.until = Time{400};
  ASSERT_TRUE(write([&](Tx& tx) { return tx.people().save_role(customer); }));
  EXPECT_EQ(look([&](const Snapshot& now) { return now.people().roles(anna.id); }).value(),
            (std::vector{customer, leader}));
  leader.id = new_id<RoleId>();
  EXPECT_EQ(write([&](Tx& tx) { return tx.people().save_role(leader); }).error().code, Errc::not_found);
}

TEST_P(PeopleContract, TellsWhoIsInTheTeamNowByName) {
  const Person zoe = given_person("Zoe");
  const Person anna = given_person("Anna");
  const Person former = given_person("Former");
  const Person customer = given_person("Customer");
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.people().add_role({tx.new_id<RoleId>(), zoe.id, RoleKind::colleague, {}, Time{100}, {}}));
    KITH_CHECK(tx.people().add_role({tx.new_id<RoleId>(), anna.id, RoleKind::admin, {}, Time{100}, Time{900}}));
    KITH_CHECK(tx.people().add_role({tx.new_id<RoleId>(), anna.id, RoleKind::leader, {}, Time{100}, {}}));
    KITH_CHECK(tx.people().add_role({tx.new_id<RoleId>(), former.id, RoleKind::colleague, {}, Time{100}, Time{500}}));
    return tx.people().add_role({tx.new_id<RoleId>(), customer.id, RoleKind::customer, {}, Time{100}, {}});
  }));
  auto team_at = [&](Time now) {
    return names(look([&](const Snapshot& snapshot) { return snapshot.people().team_members(now); }).value());
  };
  EXPECT_EQ(team_at(Time{499}), (std::vector<std::string>{"Anna", "Former", "Zoe"}));
  EXPECT_EQ(team_at(Time{500}), (std::vector<std::string>{"Anna", "Zoe"}));
  EXPECT_EQ(team_at(Time{99}), team_at(Time{499})) << "a clock that was set back puts nobody out";
}

TEST_P(PeopleContract, FollowsAChainOfMerges) {
  const Person a = given_person("A");
  const Person b = given_person("B");
  const Person c = given_person("C");
  given_merge(a.id, b.id);
  const Merge later = given_merge(b.id, c.id);
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.people().resolve(a.id)->id, c.id);
    EXPECT_EQ(now.people().resolve(b.id)->id, c.id);
    EXPECT_EQ(now.people().resolve(c.id)->id, c.id);
    EXPECT_EQ(names(*now.people().merged_into(c.id)), (std::vector<std::string>{"A", "B"}));
    EXPECT_EQ(names(*now.people().merged_into(b.id)), (std::vector<std::string>{"A"}));
    return 0;
  });
  given_undone(later);
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.people().resolve(a.id)->id, b.id);
    EXPECT_TRUE(now.people().merged_into(c.id)->empty());
    return 0;
  });
}

TEST_P(PeopleContract, ListsThoseMergedInOldestMergeFirst) {
  const Person target = given_person("Target");
  const Person z = given_person("Z");
  const Person a = given_person("A");
  const Person m = given_person("M");
  for (PersonId from : {m.id, z.id, a.id}) given_merge(from, target.id);
  EXPECT_EQ(names(look([&](const Snapshot& now) { return now.people().merged_into(target.id); }).value()),
            (std::vector<std::string>{"M", "Z", "A"}));
}

// The same two people merged, undone and merged again: the order is that of the merges that stand.
TEST_P(PeopleContract, CountsTheAgeOfAMergeFromTheOneThatStands) {
  const Person target = given_person("Target");
  const Person first = given_person("First");
  const Person second = given_person("Second");
  const Merge undone = given_merge(first.id, target.id);
  given_merge(second.id, target.id);
  given_undone(undone);
  given_merge(first.id, target.id);
  EXPECT_EQ(names(look([&](const Snapshot& now) { return now.people().merged_into(target.id); }).value()),
            (std::vector<std::string>{"Second", "First"}));
}

TEST_P(PeopleContract, RemembersEveryMergeAndWhichOneStands) {
  const Person a = given_person("A");
  const Person b = given_person("B");
  Merge first = given_merge(a.id, b.id);
  given_undone(first);
  const Merge second = given_merge(a.id, b.id);
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.people().standing_merge(a.id).value(), second);
    EXPECT_EQ(now.people().standing_merge(b.id).error().code, Errc::not_found);
    const auto of_b = now.people().merges_of(b.id).value();
    EXPECT_EQ(of_b.size(), 2U);
    EXPECT_EQ(of_b.at(0).id, first.id);
    EXPECT_TRUE(of_b.at(0).undone_at && of_b.at(0).undone_by == b.id);
    EXPECT_EQ(of_b.at(1), second);
    EXPECT_EQ(now.people().merges_of(a.id).value(), of_b);
    EXPECT_EQ(now.people().find_merge(second.id).value(), second);
    return 0;
  });
}

TEST_P(PeopleContract, LetsOnePersonBeMergedOnlyOnceAtATime) {
  const Person a = given_person("A");
  const Person b = given_person("B");
  const Person c = given_person("C");
  Merge first = given_merge(a.id, b.id);
  const Merge again{new_id<MergeId>(), a.id, c.id, c.id, "", clock.now(), {}, {}};
  EXPECT_EQ(write([&](Tx& tx) { return tx.people().add_merge(again); }).error().code, Errc::conflict);
  EXPECT_EQ(write([&](Tx& tx) { return tx.people().add_merge(first); }).error().code, Errc::conflict);
}

TEST_P(PeopleContract, FindsSamplePeopleOnly) {
  given_person("Real");
  Person sample = given_person("Sample");
  sample.is_sample = true;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.people().save(sample); }));
  look([&](const Snapshot& now) {
    EXPECT_EQ(names(*now.people().sample_people(10)), (std::vector<std::string>{"Sample"}));
    EXPECT_TRUE(now.people().sample_people(0)->empty());
    return 0;
  });
}

// ---- identities -----------------------------------------------------------------------------------------------------

TEST_P(PeopleContract, FindsAnIdentityByKindAndValue) {
  const Identity mail{new_id<IdentityId>(),     IdentityKind::email, "anna@shop.example",
                      IdentityState::confirmed, "link in an email",  Time{5}};
  const Identity login{new_id<IdentityId>(), IdentityKind::login, "anna@shop.example", IdentityState::claimed, "", {}};
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.identities().add(mail));
    return tx.identities().add(login);
  }));
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.identities().find(mail.id).value(), mail);
    EXPECT_EQ(now.identities().find_by_value(IdentityKind::email, "anna@shop.example").value(), mail);
    EXPECT_EQ(now.identities().find_by_value(IdentityKind::login, "anna@shop.example").value(), login);
    EXPECT_EQ(now.identities().find_by_value(IdentityKind::phone, "anna@shop.example").error().code, Errc::not_found);
    EXPECT_EQ(now.identities().find_by_value(IdentityKind::email, "anna@shop.exampl").error().code, Errc::not_found);
    EXPECT_EQ(now.identities().find(new_id<IdentityId>()).error().code, Errc::not_found);
    return 0;
  });
}

TEST_P(PeopleContract, LetsOneValueBelongToOneLiveIdentity) {
  Identity old{new_id<IdentityId>(), IdentityKind::phone, "+431234", IdentityState::claimed, "", {}};
  Identity next = old;
  next.id = new_id<IdentityId>();
  ASSERT_TRUE(write([&](Tx& tx) { return tx.identities().add(old); }));
  EXPECT_EQ(write([&](Tx& tx) { return tx.identities().add(next); }).error().code, Errc::conflict);
  old.state = IdentityState::retired;
  ASSERT_TRUE(write([&](Tx& tx) { return tx.identities().save(old); }));
  EXPECT_FALSE(
      look([&](const Snapshot& now) { return now.identities().find_by_value(IdentityKind::phone, "+431234"); }));
  ASSERT_TRUE(write([&](Tx& tx) { return tx.identities().add(next); }));
  EXPECT_EQ(
      look([&](const Snapshot& now) { return now.identities().find_by_value(IdentityKind::phone, "+431234"); }).value(),
      next);
  old.state = IdentityState::confirmed;
  EXPECT_EQ(write([&](Tx& tx) { return tx.identities().save(old); }).error().code, Errc::conflict);
}

TEST_P(PeopleContract, LetsAFamilyShareAPhone) {
  const Person anna = given_person("Anna");
  const Person bert = given_person("Bert");
  const Identity phone{new_id<IdentityId>(), IdentityKind::phone, "+431234", IdentityState::retired, "", {}};
  const Identity mail{new_id<IdentityId>(), IdentityKind::email, "anna@shop.example", IdentityState::claimed, "", {}};
  ASSERT_TRUE(write([&](Tx& tx) -> Result<void> {
    KITH_CHECK(tx.identities().add(phone));
    KITH_CHECK(tx.identities().add(mail));
    KITH_CHECK(tx.identities().link({phone.id, anna.id, 0.25}));
    KITH_CHECK(tx.identities().link({phone.id, bert.id, 0.5}));
    return tx.identities().link({mail.id, anna.id, 1});
  }));
  look([&](const Snapshot& now) {
    const std::vector<IdentityLink> heaviest_first{{phone.id, bert.id, 0.5}, {phone.id, anna.id, 0.25}};
    EXPECT_EQ(now.identities().people_of(phone.id).value(), heaviest_first);
    EXPECT_EQ(now.identities().identities_of(anna.id)->size(), 2U);
    EXPECT_EQ(now.identities().identities_of(bert.id).value(), std::vector{phone});
    return 0;
  });
  ASSERT_TRUE(write([&](Tx& tx) { return tx.identities().link({phone.id, anna.id, 0.75}); }));
  look([&](const Snapshot& now) {
    EXPECT_EQ(now.identities().people_of(phone.id)->front(), (IdentityLink{phone.id, anna.id, 0.75}));
    EXPECT_EQ(now.identities().people_of(phone.id)->size(), 2U);
    return 0;
  });
}

}  // namespace
}  // namespace kith
