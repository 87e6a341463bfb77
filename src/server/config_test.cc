#include "server/config.h"

#include <fstream>
#include <map>
#include <sstream>

namespace kith {
namespace {

using Variables = std::map<std::string, std::string>;

Environment environment_of(Variables variables) {
  return [variables](const char* name) -> std::optional<std::string> {
    auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  };
}

Result<Config> read_text(std::string_view text) {
  Config config;
  if (auto read = read_config_text(text, "kith.conf", config); !read) return std::unexpected(read.error());
  return config;
}

std::string complaint_about(std::string_view text) {
  auto config = read_text(text);
  return config ? "" : config.error().detail;
}

std::string complaint_of_serving(Config config) {
  config.data = "/tmp/kith";
  auto endpoint = check_for_serving(config);
  return endpoint ? "" : endpoint.error().detail;
}

TEST(Config, ListensOnThisMachineOnlyUnlessTold) {
  auto config = load_config({}, environment_of({}));
  ASSERT_TRUE(config);
  config->data = "/tmp/kith";
  auto endpoint = check_for_serving(*config);
  ASSERT_TRUE(endpoint);
  EXPECT_EQ(*endpoint, (Endpoint{"127.0.0.1", 8080}));
}

TEST(Config, ReadsEveryKindOfValue) {
  auto config = read_text(R"(
data = "/srv/kith"
behind_proxy = true
trusted_proxies = ["10.0.0.1"]
[tls]
certificate = "a.pem"
[limits]
connections = 500
)");
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_EQ(config->data, "/srv/kith");
  EXPECT_TRUE(config->behind_proxy);
  EXPECT_EQ(config->trusted_proxies, std::vector<std::string>{"10.0.0.1"});
  EXPECT_EQ(config->tls_certificate, "a.pem");
  EXPECT_EQ(config->max_connections, 500);
}

TEST(Config, NamesTheLineOfAnUnknownSetting) {
  const std::string complaint = complaint_about("data = \"x\"\n\nlisten_on = \"y\"\n");
  EXPECT_NE(complaint.find("kith.conf line 3"), std::string::npos) << complaint;
  EXPECT_NE(complaint.find("listen_on"), std::string::npos) << complaint;
}

TEST(Config, NamesTheLineOfAnUnknownSettingInASection) {
  const std::string complaint = complaint_about("[limits]\nconections = 1\n");
  EXPECT_NE(complaint.find("line 2"), std::string::npos) << complaint;
  EXPECT_NE(complaint.find("limits.conections"), std::string::npos) << complaint;
}

TEST(Config, NamesTheLineOfBrokenToml) {
  EXPECT_NE(complaint_about("data = \"x\"\nlisten = \n").find("line 2"), std::string::npos);
}

TEST(Config, RefusesAValueOfAnotherKind) {
  EXPECT_NE(complaint_about("behind_proxy = \"yes\"\n").find("true or false"), std::string::npos);
  EXPECT_NE(complaint_about("[limits]\nconnections = 2.5\n").find("whole number"), std::string::npos);
  EXPECT_NE(complaint_about("trusted_proxies = [1]\n").find("list of texts"), std::string::npos);
  EXPECT_NE(complaint_about("listen = 8080\n").find("text in quotes"), std::string::npos);
}

TEST(Config, RefusesANumberOutOfBounds) {
  EXPECT_NE(complaint_about("[limits]\nconnections = 0\n").find("between 16 and"), std::string::npos);
}

TEST(Config, EnvironmentWinsOverTheDefaultAndFlagsOverTheEnvironment) {
  const auto environment = environment_of({{"KITH_LISTEN", "127.0.0.1:1"}, {"KITH_DATA", "/from/environment"}});
  auto config = load_config({.file = "", .data = "/from/flag", .listen = std::nullopt}, environment);
  ASSERT_TRUE(config);
  EXPECT_EQ(config->data, "/from/flag");
  EXPECT_EQ(config->listen, "127.0.0.1:1");
}

TEST(Config, NamesTheVariableThatMakesNoSense) {
  auto config = load_config({}, environment_of({{"KITH_CONNECTIONS", "many"}}));
  ASSERT_FALSE(config);
  EXPECT_NE(config.error().detail.find("KITH_CONNECTIONS"), std::string::npos);
}

TEST(Config, ReadsAListFromTheEnvironment) {
  auto config = load_config({}, environment_of({{"KITH_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.2"}}));
  ASSERT_TRUE(config);
  EXPECT_EQ(config->trusted_proxies, (std::vector<std::string>{"10.0.0.1", "10.0.0.2"}));
}

TEST(Config, SaysWhichFileIsMissing) {
  auto config = load_config({.file = "/nowhere/kith.conf", .data = {}, .listen = {}}, environment_of({}));
  ASSERT_FALSE(config);
  EXPECT_NE(config.error().detail.find("/nowhere/kith.conf"), std::string::npos);
}

std::string example() {
  std::ifstream in(KITH_EXAMPLE);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// Every line that shows a setting, as it stands after somebody took the # away.
std::string uncommented(const std::string& text) {
  std::stringstream in(text);
  std::string out;
  for (std::string line; std::getline(in, line);) {
    const bool is_setting = line.size() > 1 && line[0] == '#' && line[1] != ' ';
    out += (is_setting ? line.substr(1) : line) + "\n";
  }
  return out;
}

TEST(ExampleFile, ChangesNothingAsItIs) {
  auto config = read_text(example());
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_EQ(*config, Config());
}

TEST(ExampleFile, ShowsTheDefaultOfEverySetting) {
  auto config = read_text(uncommented(example()));
  ASSERT_TRUE(config) << config.error().detail;
  // These have no default that could be shown.
  config->data.clear();
  config->public_url.clear();
  config->tls_certificate.clear();
  config->tls_key.clear();
  EXPECT_EQ(*config, Config());
}

TEST(ExampleFile, NamesEverySettingAndItsVariable) {
  const std::string text = example();
  for (const auto& [key, variable] : known_settings()) {
    EXPECT_NE(text.find("#" + key.substr(key.find('.') + 1) + " = "), std::string::npos) << key;
    EXPECT_NE(text.find(variable), std::string::npos) << variable;
  }
}

TEST(CheckForServing, RefusesPlainHttpInTheOpen) {
  EXPECT_NE(complaint_of_serving({.listen = "0.0.0.0:80"}).find("Plain HTTP"), std::string::npos);
  EXPECT_NE(complaint_of_serving({.listen = "[::]:80"}).find("Plain HTTP"), std::string::npos);
}

TEST(CheckForServing, AllowsPlainHttpBehindAProxyThatWasNamed) {
  EXPECT_EQ(complaint_of_serving({.listen = "0.0.0.0:80", .behind_proxy = true}), "");
}

TEST(CheckForServing, WantsBothTlsFiles) {
  EXPECT_NE(complaint_of_serving({.tls_certificate = "a.pem"}).find("belong together"), std::string::npos);
}

TEST(CheckForServing, RefusesAPublicUrlWithAPath) {
  EXPECT_NE(complaint_of_serving({.public_url = "https://shop.example/help"}).find("public_url"), std::string::npos);
  EXPECT_NE(complaint_of_serving({.public_url = "shop.example"}).find("public_url"), std::string::npos);
  EXPECT_EQ(complaint_of_serving({.public_url = "https://shop.example"}), "");
}

TEST(ParseEndpoint, UnderstandsBothFamiliesAndLocalhost) {
  EXPECT_EQ(parse_endpoint("localhost:80")->text(), "127.0.0.1:80");
  EXPECT_EQ(parse_endpoint("[::1]:443")->text(), "[::1]:443");
  EXPECT_TRUE(parse_endpoint("[::1]:443")->is_loopback());
  EXPECT_FALSE(parse_endpoint("192.0.2.1:443")->is_loopback());
}

TEST(ParseEndpoint, RefusesWhatIsNotAnAddress) {
  for (const char* text : {"", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:8x", "::1:80",
                           "[127.0.0.1]:80", "shop.example:80", "127.0.0.1:-1"})
    EXPECT_FALSE(parse_endpoint(text)) << text;
}

TEST(AddressToOpen, IsThePublicOneWhenThereIsOne) {
  EXPECT_EQ(address_to_open({.public_url = "https://help.shop.example"}, {"127.0.0.1", 8080}),
            "https://help.shop.example");
  EXPECT_EQ(address_to_open({}, {"127.0.0.1", 8080}), "http://127.0.0.1:8080");
}

}  // namespace
}  // namespace kith
