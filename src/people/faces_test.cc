#include "people/faces.h"

#include "people/colleagues.h"
#include "people/test_house.h"

namespace kith {
namespace {

using namespace std::literals;

// A PNG of one colour, as short as one can be; `shade` makes them differ.
std::string picture(char shade) {
  return "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0crc!\0\0\0\x01IDAT"s + shade +
         "crc!\0\0\0\0IENDcrc!"s;
}

class FacesTest : public TestHouse {
 protected:
  Result<Face> seen(std::string key, const Actor& by = {}) {
    auto seen = look([&](const Snapshot& now) { return view_face(now, by, key); });
    if (!seen) return std::unexpected(seen.error());
    return std::move(seen->face);
  }
};

TEST_F(FacesTest, ShowAnotherPictureUnderAnotherKey) {
  const std::string first = must(act(show_face, admin, ShowFace{admin.person, picture('a')})).face;
  EXPECT_EQ(first.size(), 22U);
  EXPECT_EQ(must(seen(first)).media_type, "image/png");
  const std::string second = must(act(show_face, admin, ShowFace{admin.person, picture('b')})).face;
  EXPECT_NE(first, second);
  EXPECT_EQ(must(seen(second)).bytes, picture('b'));
  expect_error(seen(first), Errc::not_found);
  EXPECT_EQ(events_of<ColleagueChanged>().back().person.face, second);
}

TEST_F(FacesTest, KeepTheKeyWhenTheSamePictureComesAgain) {
  const std::string first = must(act(show_face, admin, ShowFace{admin.person, picture('a')})).face;
  const auto told = events.size();
  EXPECT_EQ(must(act(show_face, admin, ShowFace{admin.person, picture('a')})).face, first);
  EXPECT_EQ(events.size(), told);
}

TEST_F(FacesTest, AreHerOwnToShowAndToHide) {
  const Actor mara = given_colleague("Mara");
  const Actor visitor = given_visitor();
  expect_error(act(show_face, mara, ShowFace{admin.person, picture('a')}), Errc::not_allowed);
  expect_error(act(show_face, visitor, ShowFace{visitor.person, picture('a')}), Errc::not_allowed);
  const std::string key = must(act(show_face, mara, ShowFace{mara.person, picture('a')})).face;
  expect_error(act(hide_face, admin, HideFace{mara.person}), Errc::not_allowed);
  EXPECT_EQ(must(act(hide_face, mara, HideFace{mara.person})).face, "");
  expect_error(seen(key), Errc::not_found);
  must(act(hide_face, mara, HideFace{mara.person}));
}

TEST_F(FacesTest, OfCustomersAreForTheTeamAndForHerAlone) {
  const Actor anna = given_visitor();
  const Actor bela = given_visitor();
  const std::string key(22, 'k');
  must(write([&](Tx& tx) {
    return tx.people().add_face({.key = key, .person = anna.person, .media_type = "image/png", .bytes = picture('a')});
  }));
  EXPECT_TRUE(seen(key, given_colleague("Mara")));
  EXPECT_TRUE(seen(key, anna));
  expect_error(seen(key, bela), Errc::not_found);
  expect_error(seen(key), Errc::not_found);
}

TEST_F(FacesTest, StayBesideWhatSomebodySaidWhoHasLeft) {
  const Actor mara = given_colleague("Mara");
  const std::string key = must(act(show_face, mara, ShowFace{mara.person, picture('a')})).face;
  must(act(end_colleague, admin, EndColleague{mara.person}));
  EXPECT_TRUE(seen(key));
}

TEST_F(FacesTest, AreNothingButPictures) {
  expect_error(act(show_face, admin, ShowFace{admin.person, "<svg onload='alert(1)'/>"}), Errc::invalid);
  EXPECT_EQ(person(admin.person).face, "");
}

}  // namespace
}  // namespace kith
