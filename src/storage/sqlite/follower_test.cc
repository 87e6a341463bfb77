// What a copy that follows promises: every commit, in order, whole; and a house that goes on whatever happens to the
// copy.
#include "storage/sqlite/follower.h"

#include <atomic>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "storage/sqlite/copy_folder.h"
#include "storage/sqlite/log_file.h"
#include "storage/sqlite/sqlite_test_house.h"

namespace kith::sqlite {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

struct Follow : SqliteStoreTest {
  SystemClock real;
  CopyOptions copy{.folder = folder / "copy", .every = 2ms, .try_again_after = 0s};

  void follow() {
    auto begun = store->follow_into(copy, real);
    ASSERT_TRUE(begun) << begun.error().detail;
  }
  // The wait has an end so that a copy that never comes is a failure and no hang.
  template <class Condition>
  void until(Condition condition) {
    for (int i = 0; i < 20'000 && !condition(); ++i) std::this_thread::sleep_for(1ms);
    ASSERT_TRUE(condition()) << store->copy_state().why_not;
  }
  void until_followed() {
    until([&] { return store->copy_state().follows && store->copy_state().behind == 0us; });
  }
  // What the copy says was said.
  std::vector<std::string> rebuilt(std::string* but = nullptr) {
    const fs::path target = folder / "rebuilt.db";
    fs::remove(target);
    auto made = rebuild_from_copy(copy.folder, target);
    if (!made) {
      if (but) *but = made.error().detail;
      return {"nothing: " + made.error().detail};
    }
    if (but) *but = made->but;
    auto checked = check_database(target, CheckDepth::deep);
    EXPECT_TRUE(checked) << checked.error().detail;
    auto opened = SqliteStore::open(target, log, {.checkpoint_in_background = false});
    EXPECT_TRUE(opened);
    return look_at(**opened, [&](const Snapshot& now) {
      std::vector<std::string> texts;
      for (const Entry& entry : *now.entries().after({}, 0, SIZE_MAX)) texts.push_back(entry.text);
      return texts;
    });
  }
  fs::path newest_generation() { return whole_generations(copy.folder)->back().path; }
  std::vector<fs::path> logs() {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(newest_generation()))
      if (entry.path().filename().string().starts_with("log-")) found.push_back(entry.path());
    std::ranges::sort(found);
    return found;
  }
};

TEST_F(Follow, HasEveryWordThatWasSaidBeforeAndAfterItBegan) {
  given_a_conversation();
  ASSERT_TRUE(say("before"));
  follow();
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(say("word " + std::to_string(i)));
  until_followed();
  EXPECT_EQ(rebuilt(), said());
  ASSERT_TRUE(say("the last one before the house closes"));
  const auto all = said();
  store.reset();
  EXPECT_EQ(rebuilt(), all) << "closing waits for the copy";
}

TEST_F(Follow, LosesNothingWhenTheLogBeginsAnewAgainAndAgain) {
  for (bool background : {false, true}) {
    SCOPED_TRACE(background);
    fs::remove_all(folder);
    fs::create_directory(folder);
    options.checkpoint_after_pages = 40;
    options.checkpoint_in_background = background;
    given_a_conversation();
    follow();
    until_followed();
    for (int i = 0; i < 200; ++i) ASSERT_TRUE(say("one of many " + std::string(300, 'x') + std::to_string(i)));
    until_followed();
    EXPECT_LT(fs::file_size(folder / "kith.db-wal"), 1500U * 4096U) << "the log does not grow for ever";
    EXPECT_GT(logs().size(), background ? 0U : 3U);
    EXPECT_EQ(rebuilt(), said());
    store.reset();
  }
}

TEST_F(Follow, RenewsItsGenerationsWhilePeopleWriteAndKeepsTwo) {
  copy.renew_after_bytes = 100'000;
  given_a_conversation();
  follow();
  until_followed();
  for (int i = 0; i < 10'000 && store->copy_state().generation < 5; ++i) {
    ASSERT_TRUE(say("words " + std::to_string(i)));
    if (i % 10 == 0) std::this_thread::sleep_for(5ms);
  }
  EXPECT_GE(store->copy_state().generation, 5);
  until_followed();
  EXPECT_EQ(rebuilt(), said());
  EXPECT_EQ(whole_generations(copy.folder)->size(), 2U);
}

TEST_F(Follow, OfACopyThatWasCutAnywhereUsesTheLastWholeCommit) {
  given_a_conversation();
  follow();
  until_followed();
  for (int i = 0; i < 12; ++i) ASSERT_TRUE(say("word " + std::to_string(i)));
  until_followed();
  const auto all = said();
  store.reset();
  const fs::path newest = logs().back();
  std::size_t fewest = all.size();
  for (auto size = static_cast<std::int64_t>(fs::file_size(newest)); size > 40'000; size -= 24'001) {
    fs::resize_file(newest, static_cast<std::uintmax_t>(size));
    auto there = rebuilt();
    if (there.size() == 1 && there.front().starts_with("nothing")) break;  // not even the base is consistent
    ASSERT_LE(there.size(), fewest);
    fewest = there.size();
    there.resize(std::min(there.size(), all.size()));
    EXPECT_TRUE(std::equal(there.begin(), there.end(), all.begin()));
  }
  EXPECT_LT(fewest, all.size());
}

TEST_F(Follow, OfADamagedCopySaysWhatCannotBeUsed) {
  options.checkpoint_after_pages = 40;
  given_a_conversation();
  follow();
  until_followed();
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(say("one of many " + std::to_string(i)));
  until_followed();
  const auto all = said();
  store.reset();
  ASSERT_GE(logs().size(), 2U);
  {
    std::fstream bytes(logs()[1], std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(20'000);
    bytes << "flipped";
  }
  std::string but;
  auto there = rebuilt(&but);
  EXPECT_NE(but, "");
  EXPECT_LT(there.size(), all.size());
  EXPECT_TRUE(std::equal(there.begin(), there.end(), all.begin()));
  auto seen = look_at_copy(copy.folder);
  ASSERT_TRUE(seen);
  EXPECT_NE(seen->but, "");
}

TEST_F(Follow, OfADamagedBaseUsesTheGenerationBeforeItAndSaysSo) {
  given_a_conversation();
  for (int i = 0; i < 30; ++i) ASSERT_TRUE(say("word " + std::to_string(i)));
  for (int start = 0; start < 2; ++start) {
    follow();
    until_followed();
    ASSERT_TRUE(open());  // a start begins a new generation
  }
  const auto all = said();
  ASSERT_EQ(whole_generations(copy.folder)->size(), 2U);
  const fs::path base = newest_generation() / kBaseName;
  {
    std::fstream bytes(base, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(static_cast<std::streamoff>(fs::file_size(base) / 4096 / 2 * 4096 + 100));
    bytes << std::string(3000, 'x');
  }
  std::string but;
  EXPECT_EQ(rebuilt(&but), all);
  EXPECT_NE(but.find("generation 2 cannot be used"), std::string::npos) << but;
}

TEST_F(Follow, GoesOnServingWhenTheFolderCannotBeUsedAndCatchesUpWhenItCan) {
  given_a_conversation();
  std::ofstream(copy.folder) << "in the way";
  follow();
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(say("word " + std::to_string(i)));
  until([&] { return !store->copy_state().why_not.empty() && store->copy_state().behind > 0us; });
  EXPECT_FALSE(store->copy_state().follows);
  EXPECT_NE(lines.find("copy_stopped"), std::string::npos);
  fs::remove(copy.folder);
  until_followed();
  EXPECT_EQ(rebuilt(), said());
}

TEST_F(Follow, GoesOnWhenSomethingIsThrownAndFollowsAsSoonAsItCan) {
  given_a_conversation();
  std::atomic<int> asked = 0;
  const auto connect = [&]() -> Result<std::unique_ptr<Connection>> {
    if (++asked == 1) throw std::runtime_error("the disk cannot be read on");
    return Connection::open(folder / "kith.db", OpenAs::reader, {});
  };
  {
    Follower follower(folder / "kith.db", connect, copy, real, log);
    follower.start();
    until([&] { return follower.state().follows; });
  }
  EXPECT_NE(lines.find("the disk cannot be read on"), std::string::npos) << lines;
}

TEST_F(Follow, NoticesALogThatTheDiskChangedInsteadOfForgettingWhatIsBehindIt) {
  given_a_conversation();
  for (int i = 0; i < 30; ++i) ASSERT_TRUE(say("word " + std::to_string(i)));
  fs::create_directory(folder / "killed");
  for (const char* name : {"kith.db", "kith.db-wal"}) fs::copy_file(folder / name, folder / "killed" / name);
  const fs::path copied = folder / "killed" / "kith.db-wal";
  EXPECT_EQ(survey_log(copied)->end, LogEnd::whole);
  {
    std::fstream bytes(copied, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(static_cast<std::streamoff>(fs::file_size(copied) / 2));
    bytes << "flipped";
  }
  EXPECT_EQ(survey_log(copied)->end, LogEnd::damaged);
  auto opened = SqliteStore::open(folder / "killed" / "kith.db", log, options);
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().detail.find("not as it was written"), std::string::npos) << opened.error().detail;
}

}  // namespace
}  // namespace kith::sqlite
