#include "http/proxy.h"

#include <vector>

#include <gtest/gtest.h>

namespace kith::http {
namespace {

const std::vector<std::string> kTrusted = {"127.0.0.1", "10.0.0.2"};

Client behind(std::string_view peer, std::vector<TextPair> lines) {
  return client_behind(Headers{std::move(lines)}, peer, false, kTrusted);
}

TEST(ProxyHeaders, AreBelievedFromTrustedPeersOnly) {
  const std::vector<TextPair> said = {{"x-forwarded-for", "192.0.2.7"}, {"x-forwarded-proto", "https"}};
  EXPECT_EQ(behind("127.0.0.1", said).address, "192.0.2.7");
  EXPECT_TRUE(behind("127.0.0.1", said).is_secure);
  EXPECT_EQ(behind("192.0.2.1", said).address, "192.0.2.1");
  EXPECT_FALSE(behind("192.0.2.1", said).is_secure);
}

TEST(ProxyHeaders, CountTheLastAddressThatIsNoProxyOfOurs) {
  EXPECT_EQ(behind("127.0.0.1", {{"x-forwarded-for", "6.6.6.6, 192.0.2.7, 10.0.0.2"}}).address, "192.0.2.7");
  EXPECT_EQ(behind("127.0.0.1", {{"x-forwarded-for", "10.0.0.2"}}).address, "10.0.0.2");
  EXPECT_EQ(behind("127.0.0.1", {{"x-forwarded-for", "2001:DB8::1"}}).address, "2001:db8::1");
}

TEST(ProxyHeaders, TellAnAddressOfTheOldKindInEitherSpelling) {
  EXPECT_EQ(behind("127.0.0.1", {{"x-forwarded-for", "::ffff:192.0.2.7"}}).address, "192.0.2.7");
  EXPECT_EQ(behind("127.0.0.1", {{"x-forwarded-for", "::FFFF:c000:207"}}).address, "192.0.2.7");
  EXPECT_EQ(behind("127.0.0.1", {{"x-forwarded-for", "6.6.6.6, ::ffff:10.0.0.2"}}).address, "6.6.6.6");
  EXPECT_EQ(behind("127.0.0.1", {{"x-forwarded-for", "fe80::1%eth0"}}).address, "fe80::1");
}

TEST(ProxyHeaders, OfTheClientDoNotStandBeforeALineOfOurProxy) {
  const Client client = behind("127.0.0.1", {{"x-forwarded-for", "127.0.0.1"},
                                             {"x-forwarded-proto", "https"},
                                             {"x-forwarded-for", "192.0.2.7"},
                                             {"x-forwarded-proto", "http"}});
  EXPECT_EQ(client.address, "192.0.2.7");
  EXPECT_FALSE(client.is_secure);
}

TEST(Network, IsTheAddressItselfOrItsSixtyFourBits) {
  EXPECT_EQ(network_of("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), network_of("2001:db8:1:2::9"));
  EXPECT_NE(network_of("2001:db8:1:2::9"), network_of("2001:db8:1:3::9"));
  EXPECT_EQ(network_of(""), "");
}

TEST(ProxyHeaders, MayBeMissingOrNonsense) {
  EXPECT_EQ(behind("127.0.0.1", {}).address, "127.0.0.1");
  EXPECT_EQ(behind("127.0.0.1", {{"x-forwarded-for", "unknown"}}).address, "127.0.0.1");
  EXPECT_EQ(behind("127.0.0.1", {{"x-forwarded-for", ",,"}}).address, "127.0.0.1");
}

}  // namespace
}  // namespace kith::http
