#include "people/api_tokens.h"
#include "people/colleagues.h"
#include "people/join_team.h"
#include "people/test_house.h"

namespace kith {
namespace {

class TeamTest : public TestHouse {
 protected:
  InviteColleague invitation(const Digest& token) {
    return {.id = new_id<InvitationId>(),
            .token_digest = token,
            .called = "Mara",
            .expires_at = clock.now() + std::chrono::hours(24)};
  }
  AcceptInvitation acceptance(const Digest& token) {
    return {token, new_id<PersonId>(), "Mara", "Mara@house.example", "hash"};
  }
  Result<Person> accept(const AcceptInvitation& command) {
    return write([&](Tx& tx) { return accept_invitation(tx, command); });
  }
  std::vector<TeamMember> team_as(const Actor& actor) {
    return must(look([&](const Snapshot& now) { return list_team(now, actor, clock.now()); }));
  }
  RoleId role_of(PersonId person, RoleKind kind) {
    const auto roles = must(look([&](const Snapshot& now) { return now.people().roles(person); }));
    return std::ranges::find(roles, kind, &Role::kind)->id;
  }
};

TEST_F(TeamTest, MakesTheFirstColleagueLeaderAndAdminAndNoOther) {
  const Actor mara = given_colleague("Mara");
  EXPECT_TRUE(admin.is_admin && admin.is_leader);
  EXPECT_FALSE(mara.is_admin || mara.is_leader);
}

TEST_F(TeamTest, CreatesAColleagueOnceHoweverOftenItIsAsked) {
  const CreateColleague command{new_id<PersonId>(), "Noor", "noor@house.example", "hash", {}};
  const Person first = must(act(create_colleague, admin, command));
  EXPECT_EQ(must(act(create_colleague, admin, command)), first);
  EXPECT_EQ(events_of<ColleagueChanged>().size(), 1U);
  CreateColleague other = command;
  other.called = "Nina";
  expect_error(act(create_colleague, admin, other), Errc::conflict);
}

TEST_F(TeamTest, RefusesASecondAccountWithTheSameAddress) {
  given_colleague("Mara");
  expect_error(act(create_colleague, admin, CreateColleague{new_id<PersonId>(), "M", "MARA@house.example", "hash", {}}),
               Errc::conflict, "email");
}

TEST_F(TeamTest, LetsAnInvitationInOnce) {
  const Digest token = new_token();
  must(act(invite_colleague, admin, invitation(token)));
  AcceptInvitation hers = acceptance(token);
  const Person mara = must(accept(hers));
  hers.verified_hash = hers.password_hash;
  EXPECT_EQ(must(accept(hers)), mara);
  AcceptInvitation another = acceptance(token);
  another.email = "other@house.example";
  expect_error(accept(another), Errc::not_found);
}

// The answer to the first request was lost, and its token with it.
TEST_F(TeamTest, GivesANewTokenToWhoRepeatsAnInvitationAndVoidsTheEarlier) {
  const Digest lost = new_token();
  InviteColleague invite = invitation(lost);
  must(act(invite_colleague, admin, invite));
  invite.token_digest = new_token();
  must(act(invite_colleague, admin, invite));
  expect_error(accept(acceptance(lost)), Errc::not_found);
  InviteColleague other = invite;
  other.as_leader = !other.as_leader;
  expect_error(act(invite_colleague, admin, other), Errc::conflict);
  expect_error(act(invite_colleague, given_colleague("Lea", true), invite), Errc::conflict);
  must(accept(acceptance(invite.token_digest)));
  invite.token_digest = new_token();
  expect_error(act(invite_colleague, admin, invite), Errc::conflict);
}

TEST_F(TeamTest, GivesANewSecretToWhoRepeatsATokenAndVoidsTheEarlier) {
  const Digest lost = new_token();
  CreateApiToken create{new_id<ApiTokenId>(), "Till", lost, kReadPeople, clock.now() + std::chrono::hours(1)};
  must(act(create_api_token, admin, create));
  create.token_digest = new_token();
  events.clear();
  must(act(create_api_token, admin, create));
  EXPECT_EQ(events_of<SessionsEnded>().size(), 1U) << "whoever has the earlier one is out";
  const auto program = [&](const Digest& token) {
    return look([&](const Snapshot& now) { return recognise_program(now, token, clock.now()); });
  };
  EXPECT_FALSE(program(lost));
  EXPECT_TRUE(program(create.token_digest));
  CreateApiToken other = create;
  other.scopes = kReadPeople | kManageSettings;
  expect_error(act(create_api_token, admin, other), Errc::conflict);
  must(act(revoke_api_token, admin, RevokeApiToken{create.id}));
  create.token_digest = new_token();
  expect_error(act(create_api_token, admin, create), Errc::conflict);
}

// Whoever made, forwarded or used an invitation knows its token for ever.
TEST_F(TeamTest, LetsNobodyBecomeSomebodyElseWithAUsedInvitation) {
  const Digest token = new_token();
  must(act(invite_colleague, admin, invitation(token)));
  must(accept(acceptance(token)));
  AcceptInvitation as_ada{token, admin.person, "Ada", "ada@house.example", "another hash"};
  expect_error(accept(as_ada), Errc::not_found);
  as_ada.verified_hash = "another hash";
  expect_error(accept(as_ada), Errc::not_found);
}

TEST_F(TeamTest, LetsNobodyInAfterAnInvitationsDateOrWithdrawal) {
  const Digest late = new_token();
  const Digest withdrawn = new_token();
  must(act(invite_colleague, admin, invitation(late)));
  const auto taken_back = must(act(invite_colleague, admin, invitation(withdrawn)));
  must(act(withdraw_invitation, admin, WithdrawInvitation{taken_back.id}));
  expect_error(accept(acceptance(withdrawn)), Errc::not_found);
  clock.advance(std::chrono::hours(24));
  expect_error(accept(acceptance(late)), Errc::not_found);
}

TEST_F(TeamTest, LetsOnlyLeadersAndAdminsInvite) {
  expect_error(act(invite_colleague, given_colleague("Mara"), invitation(new_token())), Errc::not_allowed);
  must(act(invite_colleague, given_colleague("Lea", true), invitation(new_token())));
}

TEST_F(TeamTest, EndsRolesAndSessionsOfWhoLeavesAndKeepsThePerson) {
  const Actor mara = given_colleague("Mara");
  events.clear();
  must(act(end_colleague, admin, EndColleague{mara.person}));
  must(act(end_colleague, admin, EndColleague{mara.person}));
  EXPECT_EQ(person(mara.person).called, "Mara");
  ASSERT_EQ(events_of<ColleagueChanged>().size(), 1U);
  EXPECT_FALSE(events_of<ColleagueChanged>()[0].is_in_team);
  ASSERT_EQ(events_of<SessionsEnded>().size(), 1U);
  EXPECT_EQ(team_as(admin).size(), 1U);
}

TEST_F(TeamTest, NeverLosesItsLastAdmin) {
  expect_error(act(end_colleague, admin, EndColleague{admin.person}), Errc::conflict);
  const RoleId role = role_of(admin.person, RoleKind::admin);
  expect_error(act(end_role, admin, EndRole{role, admin.person}), Errc::conflict);
}

TEST_F(TeamTest, LetsALeaderNotTouchAdmins) {
  const Actor lea = given_colleague("Lea", true);
  expect_error(act(grant_role, lea, GrantRole{new_id<RoleId>(), lea.person, RoleKind::admin, {}}), Errc::not_allowed);
  expect_error(act(end_colleague, lea, EndColleague{admin.person}), Errc::not_allowed);
  const EndRole end{role_of(admin.person, RoleKind::admin), admin.person};
  expect_error(act(end_role, lea, end), Errc::not_allowed);
}

TEST_F(TeamTest, GrantsARoleOnceAndTellsWhoeverRemembersHerRights) {
  const Actor mara = given_colleague("Mara");
  events.clear();
  const GrantRole command{new_id<RoleId>(), mara.person, RoleKind::leader, {}};
  const Role role = must(act(grant_role, admin, command));
  EXPECT_EQ(must(act(grant_role, admin, command)), role);
  ASSERT_EQ(events_of<SessionsEnded>().size(), 1U);
  EXPECT_EQ(events_of<SessionsEnded>()[0].sessions, std::vector{*mara.session});
  EXPECT_TRUE(recognised_again(mara).is_leader);
}

TEST_F(TeamTest, GivesNoRoleToSomebodyWhoCannotSignIn) {
  const Actor visitor = given_visitor();
  const GrantRole command{new_id<RoleId>(), visitor.person, RoleKind::colleague, {}};
  expect_error(act(grant_role, admin, command), Errc::not_found);
}

TEST_F(TeamTest, EndsARoleAndSheIsStillAPersonAndMayComeBack) {
  const Actor mara = given_colleague("Mara");
  const RoleId role = role_of(mara.person, RoleKind::colleague);
  must(act(end_role, admin, EndRole{role, mara.person}));
  must(act(end_role, admin, EndRole{role, mara.person}));
  EXPECT_EQ(team_as(admin).size(), 1U);
  clock.advance(std::chrono::hours(1));
  must(act(grant_role, admin, GrantRole{new_id<RoleId>(), mara.person, RoleKind::colleague, {}}));
  EXPECT_EQ(team_as(admin).size(), 2U);
}

TEST_F(TeamTest, ShowsAddressesOnlyToThoseWhoMayInviteAndToHerself) {
  const Actor mara = given_colleague("Mara");
  for (const TeamMember& member : team_as(mara)) EXPECT_EQ(member.email.empty(), member.person.id != mara.person);
  for (const TeamMember& member : team_as(admin)) EXPECT_FALSE(member.email.empty());
}

TEST_F(TeamTest, ShowsItsFacesToEveryone) {
  must(act(set_hello_line, admin, SetHelloLine{admin.person, "Good to hear from you."}));
  const auto faces = must(look([&](const Snapshot& now) { return list_faces(now, clock.now()); }));
  ASSERT_EQ(faces.size(), 1U);
  EXPECT_EQ(faces[0].called, "Ada");
  EXPECT_EQ(faces[0].hello_line, "Good to hear from you.");
}

TEST_F(TeamTest, HidesTheTeamListFromVisitors) {
  const Actor visitor = given_visitor();
  expect_error(look([&](const Snapshot& now) { return list_team(now, visitor, clock.now()); }), Errc::not_allowed);
}

// She may have been a customer before, and her conversation stands behind that device alone.
TEST_F(TeamTest, LeavesHerTheSessionSheHasAsACustomer) {
  const Actor anna = given_visitor();
  must(write([&](Tx& tx) -> Result<void> {
    return tx.access().save_account({.person = anna.person, .email = "anna@house.example", .password_hash = "hash"});
  }));
  const GrantRole grant{new_id<RoleId>(), anna.person, RoleKind::colleague, {}};
  must(act(grant_role, admin, grant));
  const Actor at_desk = signed_in(anna.person);
  must(act(end_role, admin, EndRole{grant.id, anna.person}));
  const Session desk = must(look([&](const Snapshot& now) { return now.access().session(*at_desk.session); }));
  EXPECT_TRUE(desk.revoked);
  EXPECT_EQ(recognised_again(anna).kind, ActorKind::visitor);
  must(act(grant_role, admin, GrantRole{new_id<RoleId>(), anna.person, RoleKind::colleague, {}}));
  must(act(end_colleague, admin, EndColleague{anna.person}));
  EXPECT_EQ(recognised_again(anna).kind, ActorKind::visitor);
}

TEST_F(TeamTest, EndsARoleThatWouldHaveEndedLater) {
  const Actor mara = given_colleague("Mara");
  const RoleId role = role_of(mara.person, RoleKind::colleague);
  must(write([&](Tx& tx) -> Result<void> {
    KITH_TRY(auto roles, tx.people().roles(mara.person));
    roles.front().until = tx.now() + std::chrono::hours(24);
    return tx.people().save_role(roles.front());
  }));
  EXPECT_EQ(must(act(end_role, admin, EndRole{role, mara.person})).until, clock.now());
  EXPECT_FALSE(look([&](const Snapshot& now) { return recognise_session_again(now, *mara.session, clock.now()); }));
}

}  // namespace
}  // namespace kith
