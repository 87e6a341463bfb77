#include "server/admin_acts.h"

#include "base/digest.h"
#include "people/recognise.h"
#include "people/sign_in.h"
#include "runtime/passwords.h"
#include "server/house_for_tests.h"
#include "storage/sqlite/connection.h"

namespace kith {
namespace {

AdminCommand act(const char* name) {
  AdminCommand command;
  command.act = name;
  return command;
}

// The indented line that carries what is shown only once.
std::string shown_secret(const std::string& text) {
  const auto begin = text.find("\n  ");
  if (begin == std::string::npos) return {};
  return text.substr(begin + 3, text.find('\n', begin + 1) - begin - 3);
}

bool has(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

class AdminActs : public testing::Test {
 protected:
  Result<Account> account(const std::string& email) {
    return house_.home().store_thread().read_now(
        [&](const Snapshot& now) { return account_to_sign_in(now, email, SystemClock().now()); });
  }

  ScratchFolder folder_;
  OpenHouse house_{folder_ / "data"};
};

TEST_F(AdminActs, ANewColleagueSignsInWithThePasswordThatIsShown) {
  auto answer = house_.act(new_colleague("Mara", "mara@shop.example"));
  ASSERT_EQ(answer.status, 0) << answer.text;
  auto found = account("mara@shop.example");
  ASSERT_TRUE(found);
  EXPECT_TRUE(runtime::verify_password(found->password_hash, shown_secret(answer.text)));
}

TEST_F(AdminActs, ANewColleagueMayBringHerOwnPassword) {
  AdminCommand command = new_colleague("Mara", "mara@shop.example");
  command.reads_password = true;
  command.password = "correct horse battery";
  auto answer = house_.act(command);
  ASSERT_EQ(answer.status, 0) << answer.text;
  EXPECT_FALSE(has(answer.text, "correct horse"));
  EXPECT_TRUE(runtime::verify_password(account("mara@shop.example")->password_hash, "correct horse battery"));
}

TEST_F(AdminActs, AShortPasswordIsRefusedAndNobodyIsMade) {
  AdminCommand command = new_colleague("Mara", "mara@shop.example");
  command.reads_password = true;
  command.password = "short";
  EXPECT_EQ(house_.act(command).status, 1);
  EXPECT_FALSE(account("mara@shop.example"));
}

TEST_F(AdminActs, OneAddressIsOnePlaceInTheTeam) {
  ASSERT_EQ(house_.act(new_colleague("Mara", "mara@shop.example")).status, 0);
  EXPECT_EQ(house_.act(new_colleague("Mira", "mara@shop.example")).status, 1);
}

TEST_F(AdminActs, AResetMakesTheOldPasswordWorthless) {
  const auto first = shown_secret(house_.act(new_colleague("Mara", "mara@shop.example")).text);
  AdminCommand reset = act("reset-password");
  reset.email = "Mara@shop.example";
  auto answer = house_.act(reset);
  ASSERT_EQ(answer.status, 0) << answer.text;
  const std::string hash = account("mara@shop.example")->password_hash;
  EXPECT_FALSE(runtime::verify_password(hash, first));
  EXPECT_TRUE(runtime::verify_password(hash, shown_secret(answer.text)));
}

TEST_F(AdminActs, AResetForNobodySaysSo) {
  AdminCommand reset = act("reset-password");
  reset.email = "nobody@shop.example";
  auto answer = house_.act(reset);
  EXPECT_EQ(answer.status, 1);
  EXPECT_TRUE(has(answer.text, "Nobody signs in"));
}

TEST_F(AdminActs, ATokenLetsAProgramInWithItsScopesOnly) {
  AdminCommand command = act("create-token");
  command.name = "Till";
  command.scopes = {"read-people"};
  auto answer = house_.act(command);
  ASSERT_EQ(answer.status, 0) << answer.text;
  const Digest digest = sha256(shown_secret(answer.text));
  auto actor = house_.home().store_thread().read_now(
      [&](const Snapshot& now) { return recognise_program(now, digest, SystemClock().now()); });
  ASSERT_TRUE(actor);
  EXPECT_EQ(actor->scopes, static_cast<std::uint32_t>(kReadPeople));
}

TEST_F(AdminActs, AnUnknownScopeIsNamed) {
  AdminCommand command = act("create-token");
  command.name = "Till";
  command.scopes = {"everything"};
  auto answer = house_.act(command);
  EXPECT_EQ(answer.status, 1);
  EXPECT_TRUE(has(answer.text, "everything"));
}

TEST_F(AdminActs, ListShowsTheTeamAndTheInboxes) {
  AdminCommand inbox = act("create-inbox");
  inbox.name = "Website";
  inbox.origins = {"https://shop.example"};
  const auto made = house_.act(inbox);
  ASSERT_EQ(made.status, 0) << made.text;
  ASSERT_EQ(house_.act(new_colleague("Mara", "mara@shop.example")).status, 0);
  const auto list = house_.act(act("list"));
  EXPECT_TRUE(has(list.text, "Mara <mara@shop.example>")) << list.text;
  EXPECT_TRUE(has(list.text, shown_secret(made.text))) << list.text;
}

TEST_F(AdminActs, WhatTakesLongIsCutShortByTheStopAndSaysSo) {
  house_.home().ask_to_stop();
  for (const char* name : {"copy-database", "check", "check-deep"}) {
    const auto answer = house_.act(act(name));
    EXPECT_EQ(answer.status, kCutShort) << name;
    EXPECT_TRUE(has(answer.text, "stopping")) << answer.text;
  }
  EXPECT_TRUE(std::filesystem::is_empty(house_.home().paths().outgoing())) << "nothing half-made is left";
}

// Beside the house that serves, as an operator's tool would leave it.
TEST_F(AdminActs, ADeepCheckFindsASearchIndexThatDoesNotMatchTheTexts) {
  EXPECT_EQ(house_.act(act("check-deep")).status, 0);
  {
    auto beside = sqlite::Connection::open(house_.home().paths().database(), sqlite::OpenAs::writer, {});
    ASSERT_TRUE(beside);
    ASSERT_TRUE((*beside)->script("insert into entry_search (rowid, text) values (9999, 'nobody said this')"));
  }
  const auto answer = house_.act(act("check-deep"));
  EXPECT_EQ(answer.status, 1);
  EXPECT_TRUE(has(answer.text, "search index")) << answer.text;
  EXPECT_TRUE(std::filesystem::is_empty(house_.home().paths().outgoing()));
}

TEST_F(AdminActs, AnUnknownActIsRefused) {
  EXPECT_EQ(house_.act(act("dance")).status, 2);
}

TEST(MakePassword, IsLongAndNeverTheSame) {
  SystemRandom random;
  const std::string one = make_password(random);
  EXPECT_EQ(one.size(), 24U);
  EXPECT_NE(one, make_password(random));
}

}  // namespace
}  // namespace kith
