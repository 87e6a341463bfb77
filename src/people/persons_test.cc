#include "people/persons.h"

#include "people/test_house.h"

namespace kith {
namespace {

class PersonsTest : public TestHouse {
 protected:
  Note given_note(PersonId about, const std::string& text) {
    Note note{.id = new_id<NoteId>(), .about = about, .author = admin.person, .text = text, .written_at = clock.now()};
    must(write([&](Tx& tx) { return tx.notes().add(note); }));
    return note;
  }
  std::vector<Note> own_notes(const Actor& actor) {
    return must(look([&](const Snapshot& now) { return read_own_notes(now, actor); }));
  }
};

TEST_F(PersonsTest, AVisitorSaysWhatSheLikesToBeCalled) {
  const Actor visitor = given_visitor();
  const RenamePerson command{visitor.person, "  Anna ", std::vector<std::string>{"de", "pt-BR"}, "please write"};
  EXPECT_EQ(must(act(rename_person, visitor, command)).called, "Anna");
  EXPECT_EQ(must(act(rename_person, visitor, command)).access_needs, "please write");
  EXPECT_EQ(events_of<PersonChanged>().size(), 1U);
}

TEST_F(PersonsTest, AVisitorRenamesNobodyElse) {
  const Actor anna = given_visitor();
  const Actor bela = given_visitor();
  expect_error(act(rename_person, anna, RenamePerson{bela.person, "X", {}, {}}), Errc::not_found);
}

TEST_F(PersonsTest, AColleagueRenamesCustomersAndHerselfButNoOtherColleague) {
  const Actor mara = given_colleague("Mara");
  const Actor visitor = given_visitor();
  must(act(rename_person, mara, RenamePerson{visitor.person, "Anna", {}, {}}));
  must(act(rename_person, mara, RenamePerson{mara.person, "Mara L.", {}, {}}));
  expect_error(act(rename_person, mara, RenamePerson{admin.person, "Boss", {}, {}}), Errc::not_allowed);
}

TEST_F(PersonsTest, RefusesNamesThatAreNotText) {
  const Actor visitor = given_visitor();
  const auto rename = [&](std::string name) {
    return act(rename_person, visitor, RenamePerson{visitor.person, std::move(name), {}, {}});
  };
  expect_error(rename("An\xffna"), Errc::invalid, "called");
  expect_error(rename(std::string("An\0na", 5)), Errc::invalid, "called");
  expect_error(rename("An\nna"), Errc::invalid, "called");
  expect_error(rename(std::string(201, 'a')), Errc::invalid, "called");
}

TEST_F(PersonsTest, RefusesLanguagesThatAreNone) {
  const Actor visitor = given_visitor();
  for (const char* odd : {"", "d", "de_DE", "de-", "1a"})
    expect_error(act(rename_person, visitor, RenamePerson{visitor.person, {}, std::vector<std::string>{odd}, {}}),
                 Errc::invalid, "languages");
}

TEST_F(PersonsTest, AClaimedAddressIsOnlyAClaim) {
  const Actor visitor = given_visitor();
  const ClaimIdentity command{new_id<IdentityId>(), visitor.person, IdentityKind::email, " Anna@Mail.Example "};
  const Identity claimed = must(act(claim_identity, visitor, command));
  EXPECT_EQ(claimed.value, "anna@mail.example");
  EXPECT_EQ(claimed.state, IdentityState::claimed);
  EXPECT_EQ(must(act(claim_identity, visitor, command)), claimed);
}

TEST_F(PersonsTest, AClaimDoesNotTellThatOthersUseTheAddress) {
  HostIdentity host{"shop.example", "anna", "Anna", "anna@mail.example", true};
  must(act(start_visit, Actor{}, visit(host)));
  const Actor curious = given_visitor();
  const ClaimIdentity command{new_id<IdentityId>(), curious.person, IdentityKind::email, "anna@mail.example"};
  const Identity told = must(act(claim_identity, curious, command));
  EXPECT_EQ(told.id, command.id);
  EXPECT_EQ(told.state, IdentityState::claimed);
  EXPECT_TRUE(told.confirmed_how.empty());
}

TEST_F(PersonsTest, ShowsTheDeskWhatIsProvenOnlyWithTheOneWhoHasProvenIt) {
  const HostIdentity host{"shop.example", "anna", "Anna", "anna@mail.example", true};
  const PersonId anna = must(act(start_visit, Actor{}, visit(host))).person.id;
  const Actor pretender = given_visitor();
  must(act(claim_identity, pretender,
           ClaimIdentity{new_id<IdentityId>(), pretender.person, IdentityKind::email, "anna@mail.example"}));
  const auto state_at_the_desk = [&](PersonId id) {
    const auto view = must(look([&](const Snapshot& now) { return view_person(now, admin, id); }));
    return std::ranges::find(view.identities, IdentityKind::email, &Identity::kind)->state;
  };
  EXPECT_EQ(state_at_the_desk(anna), IdentityState::confirmed);
  EXPECT_EQ(state_at_the_desk(pretender.person), IdentityState::claimed);
}

TEST_F(PersonsTest, ARetiredAddressStaysInTheStoryAndIsFreeForSomebodyNew) {
  const Actor anna = given_visitor();
  const Actor bela = given_visitor();
  const auto claim = [&](const Actor& who) {
    return must(act(claim_identity, who,
                    ClaimIdentity{new_id<IdentityId>(), who.person, IdentityKind::email, "anna@mail.example"}));
  };
  const RetireIdentity retire{claim(anna).id};
  for (const Actor& who : {anna, bela, program(~0U)}) EXPECT_FALSE(act(retire_identity, who, retire));
  EXPECT_EQ(must(act(retire_identity, admin, retire)).state, IdentityState::retired);
  EXPECT_EQ(must(act(retire_identity, admin, retire)).state, IdentityState::retired);
  const Identity of_bela = claim(bela);
  EXPECT_NE(of_bela.id, retire.identity);
  const auto story = must(look([&](const Snapshot& now) { return view_person(now, admin, anna.person); }));
  ASSERT_EQ(story.identities.size(), 1U);
  EXPECT_EQ(story.identities[0].state, IdentityState::retired);
}

TEST_F(PersonsTest, RetiresNothingButAddresses) {
  const HostIdentity host{"shop.example", "anna", "Anna", "", false};
  const PersonId anna = must(act(start_visit, Actor{}, visit(host))).person.id;
  const auto story = must(look([&](const Snapshot& now) { return view_person(now, admin, anna); }));
  const auto at_the_shop = std::ranges::find(story.identities, IdentityKind::host, &Identity::kind);
  ASSERT_NE(at_the_shop, story.identities.end());
  expect_error(act(retire_identity, admin, RetireIdentity{at_the_shop->id}), Errc::invalid, "identity");
  expect_error(act(retire_identity, admin, RetireIdentity{new_id<IdentityId>()}), Errc::not_found);
}

TEST_F(PersonsTest, RefusesAddressesThatCannotBeReached) {
  const Actor visitor = given_visitor();
  const auto claim = [&](IdentityKind kind, const char* value) {
    return act(claim_identity, visitor, ClaimIdentity{new_id<IdentityId>(), visitor.person, kind, value});
  };
  for (const char* odd : {"", "anna", "@b.de", "a@b", "a b@c.de", "a@.de", "a@b.de\r\nBcc: x@y.de"})
    expect_error(claim(IdentityKind::email, odd), Errc::invalid, "value");
  for (const char* odd : {"", "12345", "+12", "+49 30 x", "030 1234567"})
    expect_error(claim(IdentityKind::phone, odd), Errc::invalid, "value");
  EXPECT_EQ(must(claim(IdentityKind::phone, "+49 (30) 901-820")).value, "+4930901820");
  expect_error(claim(IdentityKind::host, "shop|anna"), Errc::invalid, "kind");
}

TEST_F(PersonsTest, AColleagueReadsTheWholeStory) {
  const Actor visitor = given_visitor();
  must(
      act(claim_identity, visitor, ClaimIdentity{new_id<IdentityId>(), visitor.person, IdentityKind::email, "a@b.de"}));
  given_note(visitor.person, "likes tea");
  const auto view = must(look([&](const Snapshot& now) { return view_person(now, admin, visitor.person); }));
  EXPECT_EQ(view.identities.size(), 1U);
  EXPECT_EQ(view.notes.size(), 1U);
  EXPECT_EQ(view.thread.own.person, visitor.person);
}

TEST_F(PersonsTest, AProgramReadsPeopleWithoutTheirNotes) {
  const Actor visitor = given_visitor();
  given_note(visitor.person, "likes tea");
  const auto view =
      must(look([&](const Snapshot& now) { return view_person(now, program(kReadPeople), visitor.person); }));
  EXPECT_TRUE(view.notes.empty());
  expect_error(look([&](const Snapshot& now) { return view_person(now, program(kWriteEntries), visitor.person); }),
               Errc::not_allowed);
}

TEST_F(PersonsTest, ShowsAVisitorEveryNoteAboutHerInTheSameWordsAndNoOthers) {
  const Actor anna = given_visitor();
  const Actor bela = given_visitor();
  const Note note = given_note(anna.person, "prefers mornings");
  ASSERT_EQ(own_notes(anna).size(), 1U);
  EXPECT_EQ(own_notes(anna)[0].text, note.text);
  EXPECT_TRUE(own_notes(bela).empty());
}

TEST_F(PersonsTest, HidesStoriesFromVisitors) {
  const Actor anna = given_visitor();
  const Actor bela = given_visitor();
  expect_error(look([&](const Snapshot& now) { return view_person(now, anna, bela.person); }), Errc::not_found);
}

}  // namespace
}  // namespace kith
