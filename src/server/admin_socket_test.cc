#include "server/admin_socket.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "base/scratch_folder_for_tests.h"

namespace kith {
namespace {

AdminCommand full_command() {
  AdminCommand command;
  command.act = "create-token";
  command.email = "mara@shop.example";
  command.called = "Mara \"the kind\"\nMüller";
  command.as_leader = true;
  command.reads_password = true;
  command.password = "with spaces and\ttabs";
  command.forgets_second_factor = true;
  command.name = "Till";
  command.scopes = {"read-people", "write-entries"};
  command.origins = {"https://shop.example", ""};
  command.days = 7;
  return command;
}

class AdminSocketTest : public testing::Test {
 protected:
  SystemClock clock_;
  Log log_{clock_, Level::error, [](std::string_view) {}};
  ScratchFolder folder_;
};

TEST(AdminLine, BringsEveryFieldAcross) {
  std::string line = write_admin_line(full_command());
  ASSERT_EQ(line.back(), '\n');
  line.pop_back();
  auto read = read_admin_line(line);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, full_command());
}

TEST(AdminLine, IsRefusedWhenItIsNotOne) {
  for (const char* line : {"", "hello", ".AAAA", ". . . . . . . . .", ".!! . . . . . . . . ."})
    EXPECT_FALSE(read_admin_line(line)) << line;
}

TEST_F(AdminSocketTest, CarriesAQuestionAndItsAnswer) {
  AdminCommand heard;
  auto socket = AdminSocket::open(
      folder_ / "admin.sock",
      [&](const AdminCommand& command) {
        heard = command;
        return AdminAnswer{3, "two\nlines"};
      },
      log_);
  ASSERT_TRUE(socket) << socket.error().detail;
  auto answer = ask_serving_house(folder_ / "admin.sock", full_command());
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(*answer, (AdminAnswer{3, "two\nlines"}));
  EXPECT_EQ(heard, full_command());
}

TEST_F(AdminSocketTest, IsOpenToItsOwnerOnly) {
  auto socket = AdminSocket::open(folder_ / "admin.sock", [](const AdminCommand&) { return AdminAnswer{}; }, log_);
  ASSERT_TRUE(socket);
  struct stat facts{};
  ASSERT_EQ(::stat((folder_ / "admin.sock").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0600U);
}

TEST_F(AdminSocketTest, WorksInADirectoryWithAVeryLongName) {
  const auto deep = folder_.path() / std::string(120, 'd');
  std::filesystem::create_directories(deep);
  auto socket = AdminSocket::open(deep / "admin.sock", [](const AdminCommand&) { return AdminAnswer{0, "ok"}; }, log_);
  ASSERT_TRUE(socket) << socket.error().detail;
  EXPECT_TRUE(ask_serving_house(deep / "admin.sock", full_command()));
}

TEST_F(AdminSocketTest, SaysSoWhenNobodyIsThere) {
  auto answer = ask_serving_house(folder_ / "admin.sock", full_command());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::unavailable);
}

TEST_F(AdminSocketTest, DoesNotWaitForSomebodyWhoSaysNothing) {
  const auto path = folder_ / "admin.sock";
  auto socket = AdminSocket::open(path, [](const AdminCommand&) { return AdminAnswer{}; }, log_);
  ASSERT_TRUE(socket);
  const int silent = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.string().copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::connect(silent, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));  // until it is the silent one's turn
  const auto begin = std::chrono::steady_clock::now();
  socket->reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(3));
  ::close(silent);
}

TEST_F(AdminSocketTest, TakesTheLeftoverOfACrashAway) {
  const auto path = folder_ / "admin.sock";
  auto first = AdminSocket::open(path, [](const AdminCommand&) { return AdminAnswer{}; }, log_);
  ASSERT_TRUE(first);
  auto second = AdminSocket::open(path, [](const AdminCommand&) { return AdminAnswer{0, "second"}; }, log_);
  ASSERT_TRUE(second);
  auto answer = ask_serving_house(path, full_command());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->text, "second");
}

}  // namespace
}  // namespace kith
