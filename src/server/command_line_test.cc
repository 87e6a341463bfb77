#include "server/command_line.h"

namespace kith {
namespace {

template <class Command>
std::optional<Command> typed(std::vector<const char*> words) {
  words.insert(words.begin(), "kith");
  auto parsed = parse_command_line(static_cast<int>(words.size()), words.data());
  const auto* line = std::get_if<CommandLine>(&parsed);
  if (!line || !std::holds_alternative<Command>(line->command)) return std::nullopt;
  return std::get<Command>(line->command);
}

int status_of(std::vector<const char*> words) {
  words.insert(words.begin(), "kith");
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  auto parsed = parse_command_line(static_cast<int>(words.size()), words.data());
  testing::internal::GetCapturedStdout();
  testing::internal::GetCapturedStderr();
  const int* status = std::get_if<int>(&parsed);
  return status ? *status : -1;
}

TEST(CommandLine, UnderstandsServe) {
  const char* words[] = {"kith", "serve", "--data", "d", "--listen", "127.0.0.1:1", "--config", "c", "--sample"};
  auto parsed = parse_command_line(9, words);
  const auto& line = std::get<CommandLine>(parsed);
  EXPECT_EQ(line.flags.data, "d");
  EXPECT_EQ(line.flags.listen, "127.0.0.1:1");
  EXPECT_EQ(line.flags.file, "c");
  EXPECT_TRUE(std::get<ServeCommand>(line.command).with_sample);
}

TEST(CommandLine, UnderstandsARestore) {
  const auto usual = typed<RestoreCommand>({"restore", "b", "--data", "d"});
  ASSERT_TRUE(usual);
  EXPECT_EQ(usual->from, "b");
  EXPECT_FALSE(usual->without_missing_files);
  EXPECT_TRUE(typed<RestoreCommand>({"restore", "b", "--data", "d", "--without-missing-files"})->without_missing_files);
}

TEST(CommandLine, UnderstandsANewColleague) {
  auto admin = typed<AdminCommand>({"admin", "create-colleague", "--data", "d", "--email", "m@shop.example", "--called",
                                    "Mara", "--leader", "--password-stdin"});
  ASSERT_TRUE(admin);
  EXPECT_EQ(admin->act, "create-colleague");
  EXPECT_EQ(admin->email, "m@shop.example");
  EXPECT_EQ(admin->called, "Mara");
  EXPECT_TRUE(admin->as_leader);
  EXPECT_TRUE(admin->reads_password);
}

TEST(CommandLine, TakesSeveralScopesAndOrigins) {
  auto token = typed<AdminCommand>(
      {"admin", "create-token", "--name", "Till", "--scope", "read-people", "--scope", "write-entries", "--days", "7"});
  ASSERT_TRUE(token);
  EXPECT_EQ(token->scopes, (std::vector<std::string>{"read-people", "write-entries"}));
  EXPECT_EQ(token->days, 7);
  auto inbox = typed<AdminCommand>(
      {"admin", "create-inbox", "--name", "Site", "--origin", "https://a.example", "--origin", "https://b.example"});
  ASSERT_TRUE(inbox);
  EXPECT_EQ(inbox->origins.size(), 2U);
}

TEST(CommandLine, UnderstandsKeepingThings) {
  EXPECT_EQ(typed<BackupCommand>({"backup", "to", "--data", "d"})->to, "to");
  EXPECT_EQ(typed<RestoreCommand>({"restore", "from", "--data", "d"})->from, "from");
  EXPECT_TRUE(typed<DoctorCommand>({"doctor", "--deep"})->deep);
  EXPECT_TRUE(typed<VersionCommand>({"version"}));
}

TEST(CommandLine, EndsWithTwoWhenItMakesNoSense) {
  EXPECT_EQ(status_of({}), 2);
  EXPECT_EQ(status_of({"dance"}), 2);
  EXPECT_EQ(status_of({"serve", "--unknown"}), 2);
  EXPECT_EQ(status_of({"admin"}), 2);
  EXPECT_EQ(status_of({"admin", "create-colleague"}), 2);
  EXPECT_EQ(status_of({"backup"}), 2);
}

TEST(CommandLine, EndsWithZeroAfterHelp) {
  EXPECT_EQ(status_of({"--help"}), 0);
}

}  // namespace
}  // namespace kith
