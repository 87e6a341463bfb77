#include "wire/json_writer.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace kith::wire {
namespace {

std::string written(std::string_view text) {
  std::string out;
  append_json_text(out, text);
  return out;
}

TEST(JsonWriter, EscapesWhatMayNotStandInJsonText) {
  EXPECT_EQ(written("a\"b\\c\nd\re\tf"), R"("a\"b\\c\nd\re\tf")");
  EXPECT_EQ(written(std::string_view("\0\x01\x1f\x7f", 4)), R"("\u0000\u0001\u001f\u007f")");
}

TEST(JsonWriter, LeavesEveryOtherCharacterAsItIs) {
  EXPECT_EQ(written("Grüße 👋 </script>"), "\"Grüße 👋 </script>\"");
}

TEST(JsonWriter, GivesBackExactlyTheSameTextThroughAnIndependentParser) {
  for (int c = 0; c < 128; ++c) {
    std::string text = "x" + std::string(1, static_cast<char>(c)) + "y";
    EXPECT_EQ(std::string(boost::json::parse(written(text)).as_string()), text) << c;
  }
}

TEST(JsonWriter, EscapesOneCharacterWhereverItStandsInALongText) {
  for (std::size_t at = 0; at < 40; ++at) {
    for (char c : {'"', '\\', '\n', '\x1f', '\x7f'}) {
      std::string text = at % 2 == 0 ? std::string(40, ' ') : std::string(40, '\x7e');
      text[at] = c;
      std::string json = written(text);
      EXPECT_GT(json.size(), text.size() + 2) << at;
      EXPECT_EQ(std::string(boost::json::parse(json).as_string()), text) << at;
    }
  }
}

TEST(JsonWriter, PlacesCommasInNestedObjectsAndLists) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.field("a", 1);
  json.key("b");
  json.begin_array();
  json.begin_object();
  json.end_object();
  json.begin_object();
  json.field("c", true);
  json.field("d", "e");
  json.end_object();
  json.end_array();
  json.field("f", std::optional<Time>());
  json.list("g", std::vector<std::string>{"h", "i"});
  json.end_object();
  EXPECT_EQ(out, R"({"a":1,"b":[{},{"c":true,"d":"e"}],"f":null,"g":["h","i"]})");
}

TEST(JsonWriter, WritesTheSmallestAndTheLargestNumber) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  json.value(std::numeric_limits<std::int64_t>::min());
  json.value(std::numeric_limits<std::int64_t>::max());
  json.value(std::uint32_t{0});
  json.end_array();
  EXPECT_EQ(out, "[-9223372036854775808,9223372036854775807,0]");
}

}  // namespace
}  // namespace kith::wire
