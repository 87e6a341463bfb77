#include "conversations/notes.h"

#include "people/persons.h"
#include "people/test_house.h"

namespace kith {
namespace {

class NotesTest : public TestHouse {
 protected:
  void SetUp() override {
    anna = given_visitor();
    mara = given_colleague("Mara");
    events.clear();
  }
  Note given_note() { return must(act(write_note, mara, WriteNote{new_id<NoteId>(), anna.person, "likes tea"})); }
  Actor anna, mara;
};

TEST_F(NotesTest, IsWrittenOnceAndReadByTheOneItIsAbout) {
  WriteNote command{new_id<NoteId>(), anna.person, "likes tea"};
  const Note note = must(act(write_note, mara, command));
  EXPECT_EQ(must(act(write_note, mara, command)), note);
  EXPECT_EQ(events_of<NoteChanged>().size(), 1U);
  const auto hers = must(look([&](const Snapshot& now) { return read_own_notes(now, anna); }));
  ASSERT_EQ(hers.size(), 1U);
  EXPECT_EQ(hers[0], note);
  command.text = "likes coffee";
  expect_error(act(write_note, mara, command), Errc::conflict);
}

TEST_F(NotesTest, IsChangedByItsAuthorWhoReadTheNewestOne) {
  const Note note = given_note();
  const ChangeNote command{note.id, 1, "likes green tea"};
  expect_error(act(change_note, admin, command), Errc::not_allowed);
  EXPECT_EQ(must(act(change_note, mara, command)).version, 2U);
  EXPECT_EQ(must(act(change_note, mara, command)).version, 2U);
  EXPECT_EQ(events_of<NoteChanged>().size(), 2U);
  expect_error(act(change_note, mara, ChangeNote{note.id, 1, "likes water"}), Errc::conflict);
}

TEST_F(NotesTest, IsTakenBackForGood) {
  const Note note = given_note();
  EXPECT_TRUE(must(act(take_back_note, mara, TakeBackNote{note.id})).taken_back);
  must(act(take_back_note, mara, TakeBackNote{note.id}));
  EXPECT_EQ(events_of<NoteChanged>().size(), 2U);
  expect_error(act(change_note, mara, ChangeNote{note.id, 2, "x"}), Errc::conflict);
  EXPECT_TRUE(must(look([&](const Snapshot& now) { return read_own_notes(now, anna); })).empty());
}

TEST_F(NotesTest, IsForColleaguesToWrite) {
  expect_error(act(write_note, anna, WriteNote{new_id<NoteId>(), anna.person, "x"}), Errc::not_allowed);
  expect_error(act(write_note, given_visitor(), WriteNote{new_id<NoteId>(), anna.person, "x"}), Errc::not_found);
  expect_error(act(write_note, mara, WriteNote{new_id<NoteId>(), anna.person, " "}), Errc::invalid, "text");
}

}  // namespace
}  // namespace kith
