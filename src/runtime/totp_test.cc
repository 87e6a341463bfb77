#include "runtime/totp.h"

#include <string>

#include <gtest/gtest.h>

namespace kith::runtime {
namespace {

const std::string kSecret = "12345678901234567890";  // of RFC 6238, appendix B

Time at_second(std::int64_t seconds) {
  return Time{seconds * 1'000'000};
}

TEST(Totp, GivesTheCodesOfRfc6238) {
  struct Vector {
    std::int64_t seconds;
    const char* code;  // the last six of the eight digits given there
  };
  for (const auto& [seconds, code] :
       {Vector{59, "287082"}, Vector{1111111109, "081804"}, Vector{1111111111, "050471"}, Vector{1234567890, "005924"},
        Vector{2000000000, "279037"}, Vector{20000000000, "353130"}}) {
    EXPECT_EQ(totp_code(kSecret, totp_step(at_second(seconds))), code);
  }
}

TEST(Totp, TakesTheCodeOfTheStepBeforeAndAfter) {
  const Time now = at_second(1111111109);
  const std::int64_t step = totp_step(now);
  for (const std::int64_t near : {step - 1, step, step + 1}) {
    EXPECT_EQ(verify_totp(kSecret, totp_code(kSecret, near), now, 0), near);
  }
  EXPECT_EQ(verify_totp(kSecret, totp_code(kSecret, step - 2), now, 0), std::nullopt);
  EXPECT_EQ(verify_totp(kSecret, totp_code(kSecret, step + 2), now, 0), std::nullopt);
}

TEST(Totp, TakesACodeOnce) {
  const Time now = at_second(1111111109);
  const auto step = verify_totp(kSecret, "081 804", now, 0);
  ASSERT_TRUE(step);
  EXPECT_EQ(verify_totp(kSecret, "081804", now, *step), std::nullopt);
}

TEST(Totp, RefusesWhatIsNoCode) {
  for (const char* code : {"", "81804", "0818040", "abcdef", "-81804"}) {
    EXPECT_EQ(verify_totp(kSecret, code, at_second(1111111109), 0), std::nullopt) << code;
  }
}

TEST(Totp, WritesAnAddressThatAppsRead) {
  EXPECT_EQ(totp_uri(kSecret, "Kith & Co", "mara@shop.example"),
            "otpauth://totp/Kith%20%26%20Co:mara%40shop.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            "&issuer=Kith%20%26%20Co&algorithm=SHA1&digits=6&period=30");
}

}  // namespace
}  // namespace kith::runtime
