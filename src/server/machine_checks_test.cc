#include "server/machine_checks.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>

#include "server/house_for_tests.h"

namespace kith {
namespace {

namespace fs = std::filesystem;

Config config_on(const std::string& listen) {
  Config config;
  config.data = "/tmp";
  config.listen = listen;
  return config;
}

TEST(CheckDataDirectory, FailsWhenItIsNotThere) {
  EXPECT_EQ(check_data_directory("/nowhere/kith").health, Health::fail);
}

TEST(CheckDataDirectory, WarnsWhenOthersMayLookIntoIt) {
  ScratchFolder folder;
  fs::create_directory(folder / "data");
  fs::permissions(folder / "data", fs::perms(0755));
  EXPECT_EQ(check_data_directory(folder / "data").health, Health::warn);
  fs::permissions(folder / "data", fs::perms(0700));
  EXPECT_EQ(check_data_directory(folder / "data").health, Health::ok);
}

TEST(CheckSecretKey, FailsWhenOthersCanReadIt) {
  ScratchFolder folder;
  std::ofstream(folder / "secret.key") << "secret";
  fs::permissions(folder / "secret.key", fs::perms(0644));
  const Finding finding = check_secret_key(folder / "secret.key");
  EXPECT_EQ(finding.health, Health::fail);
  EXPECT_NE(finding.advice.find("chmod 600"), std::string::npos);
}

TEST(CheckClock, FailsWhenItIsInThePast) {
  FakeClock clock(Time{946'684'800'000'000});
  EXPECT_EQ(check_clock(clock).health, Health::fail);
}

TEST(CheckOpenFiles, WarnsWhenThereAreFewerThanConnections) {
  EXPECT_EQ(check_open_files(1'000'000'000).health, Health::warn);
}

TEST(CheckDiskSpeed, LeavesNoFileBehind) {
  ScratchFolder folder;
  fs::create_directory(folder / "data");
  EXPECT_NE(check_disk_speed(folder / "data", SystemClock()).health, Health::fail);
  EXPECT_TRUE(fs::is_empty(folder / "data"));
}

TEST(CheckListen, FailsWhenSomebodyElseHasThePort) {
  const int taken = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  ASSERT_EQ(::bind(taken, reinterpret_cast<sockaddr*>(&address), length), 0);
  ASSERT_EQ(::listen(taken, 1), 0);
  ASSERT_EQ(::getsockname(taken, reinterpret_cast<sockaddr*>(&address), &length), 0);
  const Config config = config_on("127.0.0.1:" + std::to_string(ntohs(address.sin_port)));
  EXPECT_EQ(check_listen(config, false).health, Health::fail);
  EXPECT_EQ(check_listen(config, true).health, Health::ok);
  ::close(taken);
}

TEST(CheckListen, FailsForPlainHttpInTheOpen) {
  EXPECT_EQ(check_listen(config_on("0.0.0.0:8080"), false).health, Health::fail);
}

TEST(CheckCertificate, SaysWhichFileIsMissing) {
  Config config;
  config.tls_certificate = "/nowhere/cert.pem";
  config.tls_key = "/nowhere/key.pem";
  const Finding finding = check_certificate(config, SystemClock());
  EXPECT_EQ(finding.health, Health::fail);
  EXPECT_NE(finding.what.find("/nowhere/cert.pem"), std::string::npos);
}

}  // namespace
}  // namespace kith
