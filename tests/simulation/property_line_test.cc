// The waiting line on random walks: the board does what the table says, and the claims that spin proves on a small
// model (tests/model) hold on the real board. Boards with a wrong table are noticed by the same claims.
#include <gtest/gtest.h>

#include "model/line_mutants.h"
#include "simulation/line_walk.h"
#include "simulation/seeds.h"

namespace kith::simulation {
namespace {

constexpr int kSteps = 400;

TEST(LineProperty, TheBoardDoesWhatTheTableSaysAndKeepsEveryClaim) {
  std::map<std::string, int> happened;
  const auto walks = seeds(250);
  for (const std::uint64_t seed : walks) {
    LineWalk walk(seed, kLineTable);
    for (int step = 0; step < kSteps; ++step) {
      const auto wrong = walk.step();
      ASSERT_FALSE(wrong) << *wrong << ", " << replay(seed);
      const auto differs = walk.compare();
      ASSERT_FALSE(differs) << *differs << ", " << replay(seed);
      if (step % 50 != 49) continue;
      const auto unserved = walk.settle();
      ASSERT_FALSE(unserved) << *unserved << ", " << replay(seed);
    }
    for (const auto& [what, times] : walk.happened) happened[what] += times;
  }
  if (!must_have_tried_all(walks)) return;
  EXPECT_EQ(happened.size(), 11U);
  for (const auto& [what, times] : happened) EXPECT_GT(times, 50) << what;
}

// What a wrong table does, by the claims alone: the interpretation is not asked.
TEST(LineProperty, NoticesEveryWrongTable) {
  for (const LineMutant& mutant : line_mutants::kAll) {
    if (mutant.row.event == LineEvent::house_starts) continue;  // a new board has nothing to lose or to keep
    const LineTable table = table_of(mutant);
    std::optional<std::string> wrong;
    for (std::uint64_t seed = 1; seed <= 60 && !wrong; ++seed) {
      LineWalk walk(seed, table);
      for (int step = 0; step < kSteps && !wrong; ++step) wrong = walk.step();
    }
    EXPECT_TRUE(wrong) << mutant.name;
  }
}

}  // namespace
}  // namespace kith::simulation
