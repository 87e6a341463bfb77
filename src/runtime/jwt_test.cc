#include "runtime/jwt.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "base/text.h"

namespace kith::runtime {
namespace {

const std::string kKey = "a key of the website, 32 bytes or more";
const JwtRules kRules{.issuer = "https://shop.example", .audience = "kith", .key = kKey};
const Time kNow{1'800'000'000'000'000};

std::string payload(std::string_view more = "") {
  return R"({"iss":"https://shop.example","aud":"kith","sub":"customer-7","exp":1800000600)" + std::string(more) + "}";
}

Result<JwtClaims> verify(const std::string& json) {
  return verify_jwt(sign_jwt(json, kKey), kRules, kNow);
}

std::string with_header(std::string_view header, std::string_view json) {
  // The right signature over a foreign header: what is refused is the header.
  const std::string is_signed = base64url(header) + "." + base64url(json);
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), kKey.data(), static_cast<int>(kKey.size()),
       reinterpret_cast<const unsigned char*>(is_signed.data()), is_signed.size(), mac.data(), &length);
  return is_signed + "." + base64url({reinterpret_cast<const char*>(mac.data()), length});
}

TEST(Jwt, TellsWhoTheCustomerIs) {
  const auto claims = verify(payload(R"(,"name":"Mara","email":"mara@shop.example","email_verified":true)"));
  ASSERT_TRUE(claims) << claims.error().detail;
  EXPECT_EQ(claims->subject, "customer-7");
  EXPECT_EQ(claims->name, "Mara");
  EXPECT_EQ(claims->email, "mara@shop.example");
  EXPECT_TRUE(claims->email_verified);
  EXPECT_EQ(claims->expires_at, Time{1'800'000'600'000'000});
}

TEST(Jwt, ChecksTheSignatureOfRfc7515) {
  // Appendix A.1: the signature is right, so what is refused is the content, which names another issuer.
  const std::string token =
      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
      ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
      ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  std::string key;
  ASSERT_TRUE(
      read_base64url("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow", key));
  const auto signed_for_joe = verify_jwt(token, {.issuer = "joe", .audience = "kith", .key = key}, Time{});
  ASSERT_FALSE(signed_for_joe);
  EXPECT_EQ(signed_for_joe.error().detail, "meant for somebody else");
  const auto with_other_key = verify_jwt(token, {.issuer = "joe", .audience = "kith", .key = kKey}, Time{});
  EXPECT_EQ(with_other_key.error().detail, "the signature does not fit");
}

TEST(Jwt, NeverLetsTheTokenChooseItsAlgorithm) {
  ASSERT_TRUE(verify_jwt(with_header(R"({"alg":"HS256"})", payload()), kRules, kNow)) << "the signature itself fits";
  for (const char* header : {R"({"alg":"none"})", R"({"alg":"RS256"})", R"({"alg":"HS512"})", R"({"alg":"hs256"})",
                             R"({"typ":"JWT"})", R"({"alg":["HS256"]})"}) {
    EXPECT_FALSE(verify_jwt(with_header(header, payload()), kRules, kNow)) << header;
  }
  const std::string unsigned_token = base64url(R"({"alg":"none"})") + "." + base64url(payload()) + ".";
  EXPECT_FALSE(verify_jwt(unsigned_token, kRules, kNow));
}

TEST(Jwt, NeedsIssuerAudienceSubjectAndExpiry) {
  for (const char* json : {
           R"({"aud":"kith","sub":"c","exp":1800000600})",
           R"({"iss":"https://shop.example","sub":"c","exp":1800000600})",
           R"({"iss":"https://shop.example","aud":"kith","exp":1800000600})",
           R"({"iss":"https://shop.example","aud":"kith","sub":"c"})",
           R"({"iss":"https://shop.example/","aud":"kith","sub":"c","exp":1800000600})",
           R"({"iss":"https://shop.example","aud":"kiths","sub":"c","exp":1800000600})",
           R"({"iss":"https://shop.example","aud":"kith","sub":"","exp":1800000600})",
           R"({"iss":"https://shop.example","aud":"kith","sub":7,"exp":1800000600})",
           R"({"iss":"https://shop.example","aud":"kith","sub":"c","exp":"1800000600"})",
           R"({"iss":"https://shop.example","aud":"kith","sub":"c","exp":1e300})",
           R"({"iss":"https://shop.example","aud":"kith","sub":"c","exp":-1})",
           R"({"iss":"https://shop.example","aud":"kith","sub":"c","exp":1800000600,"sub":"d"})",
           R"({"iss":"https://shop.example","aud":"kith","sub":"c\n","exp":1800000600})",
           R"([1])",
           R"("text")",
           R"({)",
           "",
       }) {
    EXPECT_FALSE(verify(json)) << json;
  }
}

TEST(Jwt, TakesOneOfSeveralAudiences) {
  EXPECT_TRUE(verify(R"({"iss":"https://shop.example","aud":["a","kith"],"sub":"c","exp":1800000600.5})"));
  EXPECT_FALSE(verify(R"({"iss":"https://shop.example","aud":["a","b"],"sub":"c","exp":1800000600})"));
}

TEST(Jwt, ForgivesAMinuteOfClockSkewAndNoMore) {
  const std::string token = sign_jwt(payload(R"(,"nbf":1800000000,"iat":1800000000)"), kKey);
  const auto at = [&](std::int64_t seconds) {
    return verify_jwt(token, kRules, Time{seconds * 1'000'000}).has_value();
  };
  EXPECT_FALSE(at(1'799'999'939));
  EXPECT_TRUE(at(1'799'999'940));
  EXPECT_TRUE(at(1'800'000'659));
  EXPECT_FALSE(at(1'800'000'660));
}

TEST(Jwt, RefusesWhatIsBrokenOrHuge) {
  const std::string good = sign_jwt(payload(), kKey);
  ASSERT_TRUE(verify_jwt(good, kRules, kNow));
  for (const std::string& token :
       {std::string(), std::string("."), std::string(".."), good + ".", good + "A", good + "=", "." + good,
        good.substr(0, good.rfind('.')), std::string(100'000, 'A'), good.substr(1)}) {
    EXPECT_FALSE(verify_jwt(token, kRules, kNow)) << token.substr(0, 100);
  }
  EXPECT_FALSE(verify(payload(R"(,"deep":[[[[[[[[[[1]]]]]]]]]])")));
  EXPECT_FALSE(verify(payload(R"(,"name":)" + std::string("\"") + std::string(201, 'x') + "\"")));
}

TEST(Jwt, RefusesEverythingWithoutAProperKey) {
  const std::string weak = "short";
  EXPECT_FALSE(verify_jwt(sign_jwt(payload(), weak), {"https://shop.example", "kith", weak}, kNow));
  EXPECT_FALSE(verify_jwt(sign_jwt(payload(), ""), {"https://shop.example", "kith", ""}, kNow));
}

}  // namespace
}  // namespace kith::runtime
