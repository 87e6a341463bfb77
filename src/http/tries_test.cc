#include "http/tries.h"

#include <gtest/gtest.h>

namespace kith::http {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kEmail = "noor@house.example";

class Tries : public ::testing::Test {
 protected:
  static Request from(std::string address, std::string device = {}) {
    Request request;
    request.remote_address = std::move(address);
    if (!device.empty()) request.cookies.emplace_back("kith-device", std::move(device));
    return request;
  }
  std::string device_of(PersonId person) {
    return sealed_device(box, person, make_id<SessionId>(clock.now(), random), random);
  }
  Result<void> guess(const Request& request, std::string_view email = kEmail, Secret secret = Secret::password) {
    return count_try(parts, secret, email, noor, request);
  }
  // Strangers everywhere guess until nobody of them is heard any more.
  void strangers_guess(Secret secret = Secret::password) {
    for (int address = 0; address < 200; ++address)
      for (int round = 0; round < 10; ++round)
        (void)guess(from("198.51." + std::to_string(address) + ".7"), kEmail, secret);
  }

  FakeClock clock{Time{1'000'000}};
  SeededRandom random{7};
  runtime::RateLimiter limiter{clock};
  runtime::SealedBox box{runtime::SealedBox::Key{}};
  ApiConfig config;
  TryParts parts{limiter, box, config};
  PersonId noor{{1}};
  PersonId ines{{2}};
};

TEST_F(Tries, FromOneAddressAreFewAndComeBackWithTime) {
  for (int round = 0; round < 10; ++round) EXPECT_TRUE(guess(from("192.0.2.1")));
  EXPECT_EQ(guess(from("192.0.2.1")).error().code, Errc::too_many);
  EXPECT_TRUE(guess(from("192.0.2.2"))) << "somebody else at another address is not hindered";
  clock.advance(10s);
  EXPECT_TRUE(guess(from("192.0.2.1")));
}

TEST_F(Tries, AreTheSameHoweverTheAddressOfTheAccountIsWritten) {
  for (int round = 0; round < 10; ++round) EXPECT_TRUE(guess(from("192.0.2.1")));
  for (const char* email : {"NOOR@house.example", " noor@house.example", "noor@house.example\t"})
    EXPECT_FALSE(guess(from("192.0.2.1"), email)) << email;
}

TEST_F(Tries, OfStrangersDoNotLockOutADeviceThatIsKnown) {
  strangers_guess();
  EXPECT_FALSE(guess(from("192.0.2.1"))) << "another stranger has to wait";
  EXPECT_TRUE(guess(from("192.0.2.1", device_of(noor))));
  EXPECT_TRUE(guess(from("198.51.3.7", device_of(noor)))) << "not even behind the address of one who guesses";
}

TEST_F(Tries, OfCodesByStrangersDoNotEither) {
  strangers_guess(Secret::code);
  EXPECT_FALSE(guess(from("192.0.2.1"), kEmail, Secret::code));
  EXPECT_TRUE(guess(from("192.0.2.1", device_of(noor)), kEmail, Secret::code));
}

TEST_F(Tries, OfCodesAreSoFewThatSixDigitsAreNeverGuessed) {
  strangers_guess(Secret::code);
  int heard = 0;
  for (int minute = 0; minute < 24 * 60; ++minute) {
    clock.advance(1min);
    for (int address = 0; address < 3; ++address)
      if (guess(from("198.51.1." + std::to_string(address)), kEmail, Secret::code)) ++heard;
  }
  EXPECT_LE(heard, 1500) << "a day, of a million codes, three of which are right";
}

TEST_F(Tries, OfAKnownDeviceAreCountedToo) {
  const std::string device = device_of(noor);
  for (int round = 0; round < 10; ++round) EXPECT_TRUE(guess(from("192.0.2.1", device)));
  EXPECT_FALSE(guess(from("192.0.2.9", device)));
}

TEST_F(Tries, ADeviceOfSomebodyElseOrAnInventedOneIsAStranger) {
  strangers_guess();
  EXPECT_FALSE(guess(from("192.0.2.1", device_of(ines))));
  EXPECT_FALSE(guess(from("192.0.2.1", "v1.bm9uc2Vuc2U")));
  EXPECT_FALSE(guess(from("192.0.2.1", box.seal("totp secret of " + noor.text() + " x", random))));
  EXPECT_FALSE(guess(from("192.0.2.1", std::string(5000, 'a'))));
}

}  // namespace
}  // namespace kith::http
