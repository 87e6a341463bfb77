#include "base/log.h"

namespace kith {
namespace {

struct LogTest : testing::Test {
  FakeClock clock;
  std::string lines;
  Log log{clock, Level::info, [this](std::string_view line) { lines += line; }};
};

TEST_F(LogTest, WritesOneLineOfNamedValues) {
  log.info("store_opened", {{"entries", 12}, {"folder", "data"}});
  EXPECT_EQ(lines, "at=2026-01-01T00:00:00.000000Z level=info event=store_opened entries=12 folder=data\n");
}

TEST_F(LogTest, CannotBeForgedByLineBreaksOrQuotes) {
  log.error("refused", {{"why", "a\nlevel=info \"x\"\\"}, {"empty", ""}});
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1);
  EXPECT_NE(lines.find(R"(why="a\x0alevel=info \"x\"\\" empty="")"), std::string::npos) << lines;
}

TEST_F(LogTest, DropsWhatIsBelowItsLevel) {
  log.debug("chatter");
  EXPECT_TRUE(lines.empty());
}

}  // namespace
}  // namespace kith
