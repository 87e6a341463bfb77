// What every FileStore must do, run against memory and disk, and what only a disk can get wrong.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/scratch_folder_for_tests.h"
#include "storage/files/disk_files.h"
#include "storage/files/memory_files.h"
#include "storage/files/seen_syncs_for_tests.h"

namespace kith {
namespace {

namespace fs = std::filesystem;

AttachmentId upload(std::uint8_t number) {
  AttachmentId id;
  id.bytes.fill(number);
  return id;
}

std::string pattern(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 + i / 251);
  return bytes;
}

struct InMemory {
  MemoryFiles files;
  FileStore& store() { return files; }
};
struct OnDisk {
  ScratchFolder folder;
  std::unique_ptr<DiskFiles> files = std::move(*DiskFiles::open(folder.path() / "files"));
  FileStore& store() { return *files; }
};

template <class House>
class FilesContract : public ::testing::Test {
 protected:
  House house;
  FileStore& files = house.store();

  KeptFile kept(std::uint8_t number, const std::string& bytes) {
    EXPECT_TRUE(files.append(upload(number), 0, bytes));
    auto done = files.finish(upload(number));
    EXPECT_TRUE(done);
    return done.value_or(KeptFile{});
  }
};
using Houses = ::testing::Types<InMemory, OnDisk>;
TYPED_TEST_SUITE(FilesContract, Houses);

TYPED_TEST(FilesContract, HasReceivedNothingOfAnUploadThatHasNotBegun) {
  EXPECT_EQ(this->files.received(upload(1)).value(), 0);
  EXPECT_EQ(this->files.finish(upload(1)).error().code, Errc::not_found);
}

TYPED_TEST(FilesContract, GrowsWithEachPiece) {
  EXPECT_EQ(this->files.append(upload(1), 0, "good ").value(), 5);
  EXPECT_EQ(this->files.append(upload(1), 5, "morning").value(), 12);
  EXPECT_EQ(this->files.received(upload(1)).value(), 12);
  auto kept = this->files.finish(upload(1));
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->content, sha256("good morning"));
  EXPECT_EQ(kept->size_bytes, 12);
  EXPECT_EQ(kept->head, "good morning");
}

TYPED_TEST(FilesContract, RefusesAPieceThatDoesNotFit) {
  EXPECT_EQ(this->files.append(upload(1), 3, "late").error().code, Errc::conflict);
  EXPECT_EQ(this->files.received(upload(1)).value(), 0);
  ASSERT_TRUE(this->files.append(upload(1), 0, "first"));
  EXPECT_EQ(this->files.append(upload(1), 0, "first").error().code, Errc::conflict);
  EXPECT_EQ(this->files.append(upload(1), 6, "gap").error().code, Errc::conflict);
  EXPECT_EQ(this->files.append(upload(1), -1, "before").error().code, Errc::conflict);
  EXPECT_EQ(this->files.received(upload(1)).value(), 5);
}

TYPED_TEST(FilesContract, GivesTheSameAnswerWhenFinishedAgain) {
  const KeptFile first = this->kept(1, pattern(1000));
  auto again = this->files.finish(upload(1));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->content, first.content);
  EXPECT_EQ(again->size_bytes, 1000);
  EXPECT_EQ(again->head, first.head);
  EXPECT_EQ(this->files.received(upload(1)).value(), 1000);
}

TYPED_TEST(FilesContract, TakesNothingMoreOnceFinished) {
  this->kept(1, "whole");
  EXPECT_EQ(this->files.append(upload(1), 5, " and more").error().code, Errc::conflict);
  EXPECT_EQ(this->files.read(sha256("whole"), 0, 100).value(), "whole");
}

TYPED_TEST(FilesContract, TellsOnlyTheFirstBytesForTheType) {
  const std::string bytes = pattern(700'000);
  const KeptFile kept = this->kept(1, bytes);
  EXPECT_EQ(kept.head, bytes.substr(0, 512));
  EXPECT_EQ(kept.content, sha256(bytes));
}

TYPED_TEST(FilesContract, KeepsAnEmptyFile) {
  const KeptFile kept = this->kept(1, "");
  EXPECT_EQ(kept.size_bytes, 0);
  EXPECT_EQ(kept.head, "");
  EXPECT_EQ(this->files.read(kept.content, 0, 10).value(), "");
}

TYPED_TEST(FilesContract, KeepsEqualBytesOnce) {
  const KeptFile first = this->kept(1, "the same picture");
  const KeptFile second = this->kept(2, "the same picture");
  EXPECT_EQ(first.content, second.content);
  EXPECT_EQ(this->files.read(second.content, 0, 8).value(), "the same");
}

TYPED_TEST(FilesContract, ReadsAnyRange) {
  const std::string bytes = pattern(300'000);
  const Digest content = this->kept(1, bytes).content;
  EXPECT_EQ(this->files.read(content, 0, 5).value(), bytes.substr(0, 5));
  EXPECT_EQ(this->files.read(content, 299'998, 5).value(), bytes.substr(299'998));
  EXPECT_EQ(this->files.read(content, 300'000, 5).value(), "");
  EXPECT_EQ(this->files.read(content, INT64_MAX, INT64_MAX).value(), "");
  EXPECT_EQ(this->files.read(content, 1, INT64_MAX).value(), bytes.substr(1));
  EXPECT_EQ(this->files.read(content, -1, 5).error().code, Errc::invalid);
  EXPECT_EQ(this->files.read(content, 0, -5).error().code, Errc::invalid);
}

TYPED_TEST(FilesContract, KnowsNoContentThatWasNeverKept) {
  EXPECT_EQ(this->files.read(sha256("nobody sent this"), 0, 1).error().code, Errc::not_found);
}

TYPED_TEST(FilesContract, ForgetsAnUploadThatWasGivenUp) {
  ASSERT_TRUE(this->files.append(upload(1), 0, "never mind"));
  EXPECT_TRUE(this->files.give_up(upload(1)));
  EXPECT_TRUE(this->files.give_up(upload(1)));
  EXPECT_EQ(this->files.received(upload(1)).value(), 0);
  EXPECT_EQ(this->files.append(upload(1), 0, "again").value(), 5);
}

TYPED_TEST(FilesContract, GivingUpAfterFinishingTakesNothingAway) {
  const Digest content = this->kept(1, "kept").content;
  EXPECT_TRUE(this->files.give_up(upload(1)));
  EXPECT_EQ(this->files.read(content, 0, 10).value(), "kept");
}

// ---- only on disk ---------------------------------------------------------------------------------------------------

TEST(DiskFiles, GoesOnAfterARestart) {
  ScratchFolder folder;
  const fs::path home = folder.path() / "files";
  {
    auto files = std::move(*DiskFiles::open(home));
    ASSERT_TRUE(files->append(upload(1), 0, "half "));
    ASSERT_TRUE(files->append(upload(2), 0, "whole"));
    ASSERT_TRUE(files->finish(upload(2)));
  }
  auto files = std::move(*DiskFiles::open(home));
  EXPECT_EQ(files->received(upload(1)).value(), 5);
  EXPECT_EQ(files->append(upload(1), 5, "and half").value(), 13);
  EXPECT_EQ(files->finish(upload(1))->content, sha256("half and half"));
  EXPECT_EQ(files->finish(upload(2))->content, sha256("whole"));
}

// A crash while finishing leaves the link and the .part, or the link and the content: both end well.
TEST(DiskFiles, FinishesAfterACrashBetweenLinkAndRename) {
  ScratchFolder folder;
  const fs::path home = folder.path() / "files";
  auto files = std::move(*DiskFiles::open(home));
  ASSERT_TRUE(files->append(upload(1), 0, "nearly there"));
  const std::string name = upload(1).text();
  fs::create_symlink("../content/00/stale", home / "uploads" / (name + ".done"));
  EXPECT_EQ(files->received(upload(1)).value(), 12);
  EXPECT_EQ(files->append(upload(1), 12, "!").error().code, Errc::conflict);
  EXPECT_EQ(files->finish(upload(1))->content, sha256("nearly there"));
  EXPECT_EQ(files->finish(upload(1))->content, sha256("nearly there"));
}

TEST(DiskFiles, NamesFilesByIdAndDigestOnly) {
  ScratchFolder folder;
  const fs::path home = folder.path() / "files";
  auto files = std::move(*DiskFiles::open(home));
  ASSERT_TRUE(files->append(upload(7), 0, "abc"));
  EXPECT_TRUE(fs::exists(home / "uploads" / "07070707-0707-0707-0707-070707070707.part"));
  ASSERT_TRUE(files->finish(upload(7)));
  const fs::path content = home / "content/ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  ASSERT_TRUE(fs::exists(content));
  EXPECT_EQ(fs::status(content).permissions() & fs::perms::all, fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(fs::status(home).permissions() & fs::perms::all, fs::perms::owner_all);
  EXPECT_FALSE(fs::exists(home / "uploads" / "07070707-0707-0707-0707-070707070707.part"));
}

TEST(DiskFiles, NeverWritesThroughALinkSomebodyElsePlaced) {
  ScratchFolder folder;
  const fs::path home = folder.path() / "files";
  auto files = std::move(*DiskFiles::open(home));
  std::ofstream(folder.path() / "outside") << "mine";
  fs::create_symlink(folder.path() / "outside", home / "uploads" / (upload(1).text() + ".part"));
  EXPECT_FALSE(files->append(upload(1), 4, "yours"));
  EXPECT_EQ(fs::file_size(folder.path() / "outside"), 4U);
}

// Lets no file of this process grow above a size, which is how a disk runs full in the middle of a write.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t most) {
    was_ = std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{most, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, was_);
  }

 private:
  rlimit before_{};
  void (*was_)(int);
};

TEST(DiskFiles, SaysThatTheDiskIsFullAndLosesNothing) {
  ScratchFolder folder;
  auto files = std::move(*DiskFiles::open(folder.path() / "files"));
  const std::string bytes = pattern(200'000);
  ASSERT_TRUE(files->append(upload(1), 0, bytes.substr(0, 60'000)));
  {
    SmallDisk disk(100'000);
    EXPECT_EQ(files->append(upload(1), 60'000, bytes.substr(60'000)).error().code, Errc::storage_full);
    EXPECT_EQ(files->received(upload(1)).value(), 60'000);
  }
  ASSERT_TRUE(files->append(upload(1), 60'000, bytes.substr(60'000)));
  EXPECT_EQ(files->finish(upload(1))->content, sha256(bytes));
}

TEST(DiskFiles, SaysThatARealDiskIsFullAndGoesOnWhenThereIsRoom) {
  ScratchFolder folder;
  const fs::path disk = folder.path() / "disk";
  fs::create_directory(disk);
  if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=256k") != 0) GTEST_SKIP() << "may not mount a small disk here";
  {
    auto files = std::move(*DiskFiles::open(disk / "files"));
    ASSERT_TRUE(files->append(upload(1), 0, pattern(100'000)));
    EXPECT_EQ(files->append(upload(2), 0, pattern(300'000)).error().code, Errc::storage_full);
    EXPECT_EQ(files->received(upload(2)).value(), 0);
    ASSERT_TRUE(files->give_up(upload(1)));
    EXPECT_EQ(files->append(upload(2), 0, pattern(150'000)).value(), 150'000);
    EXPECT_EQ(files->finish(upload(2))->content, sha256(pattern(150'000)));
  }
  ::umount2(disk.c_str(), MNT_DETACH);
}

TEST(DiskFiles, LeavesTheLastRoomOfTheDiskToWords) {
  ScratchFolder folder;
  const fs::path home = folder.path() / "files";
  const auto disk = static_cast<std::int64_t>(fs::space(folder.path()).available);
  {
    auto files = std::move(*DiskFiles::open(home, 2 * disk));
    EXPECT_EQ(files->append(upload(1), 0, "hello").error().code, Errc::storage_full);
    EXPECT_EQ(files->received(upload(1)).value(), 0);
  }
  auto files = std::move(*DiskFiles::open(home, disk / 2));
  EXPECT_EQ(files->append(upload(1), 0, "hello").value(), 5);
}

TEST(DiskFiles, ForgetsOldAnswersButNoContent) {
  ScratchFolder folder;
  auto files = std::move(*DiskFiles::open(folder.path() / "files"));
  ASSERT_TRUE(files->append(upload(1), 0, "kept"));
  ASSERT_TRUE(files->finish(upload(1)));
  ASSERT_TRUE(files->forget_finished(Time{0}));
  EXPECT_TRUE(files->finish(upload(1)));
  ASSERT_TRUE(files->forget_finished(Time{INT64_MAX}));
  EXPECT_EQ(files->finish(upload(1)).error().code, Errc::not_found);
  EXPECT_EQ(files->read(sha256("kept"), 0, 10).value(), "kept");
}

constexpr Time kLongHence{INT64_MAX};

// As a kill between the writing and the sync leaves it: all there for whoever reads, and on no disk yet.
TEST(DiskFiles, SyncsTheBytesThatAKilledHouseLeftBehindBeforeTheyAreNamed) {
  ScratchFolder folder;
  const fs::path home = folder.path() / "files";
  auto files = std::move(*DiskFiles::open(home));
  std::ofstream(home / "uploads" / (upload(1).text() + ".part")) << "all of it";
  seen_syncs().clear();
  ASSERT_TRUE(files->finish(upload(1)));
  const std::string part = upload(1).text() + ".part";
  EXPECT_TRUE(std::ranges::any_of(seen_syncs(), [&](const std::string& path) { return path.ends_with(part); }))
      << "under its old name, so before it had the new one";
}

TEST(DiskFiles, SyncsTheNewNameAgainForWhoeverAsksAfterAKill) {
  ScratchFolder folder;
  const fs::path home = folder.path() / "files";
  auto files = std::move(*DiskFiles::open(home));
  ASSERT_TRUE(files->append(upload(1), 0, "abc"));
  ASSERT_TRUE(files->finish(upload(1)));
  seen_syncs().clear();
  ASSERT_TRUE(files->finish(upload(1)));
  EXPECT_TRUE(std::ranges::any_of(seen_syncs(), [](const std::string& path) { return path.ends_with("content/ba"); }));
}

TEST(DiskFiles, ListsEachUploadOnceWithTheNewestThingThatHappenedToIt) {
  ScratchFolder folder;
  const fs::path home = folder.path() / "files";
  auto files = std::move(*DiskFiles::open(home));
  ASSERT_TRUE(files->append(upload(1), 0, "half"));
  fs::create_symlink("../content/00/stale", home / "uploads" / (upload(1).text() + ".done"));
  ASSERT_TRUE(files->append(upload(2), 0, "whole"));
  ASSERT_TRUE(files->finish(upload(2)));
  std::ofstream(home / "uploads" / "something else") << "of nobody";
  const auto seen = files->uploads();
  ASSERT_TRUE(seen);
  ASSERT_EQ(seen->size(), 2U);
  EXPECT_EQ((*seen)[0].id, upload(1));
  EXPECT_EQ((*seen)[1].id, upload(2));
  EXPECT_GT((*seen)[0].changed_at, Time{0});
}

TEST(DiskFiles, ForgetsAnUploadForGoodUnlessItWentOnMeanwhile) {
  ScratchFolder folder;
  auto files = std::move(*DiskFiles::open(folder.path() / "files"));
  ASSERT_TRUE(files->append(upload(1), 0, "half"));
  ASSERT_TRUE(files->append(upload(2), 0, "whole"));
  ASSERT_TRUE(files->finish(upload(2)));
  for (std::uint8_t number : {1, 2}) ASSERT_TRUE(files->forget(upload(number), Time{0}));
  EXPECT_EQ(files->uploads()->size(), 2U) << "somebody went on with them after they were listed";
  for (std::uint8_t number : {1, 2}) ASSERT_TRUE(files->forget(upload(number), kLongHence));
  EXPECT_TRUE(files->uploads()->empty());
  EXPECT_EQ(files->read(sha256("whole"), 0, 10).value(), "whole") << "content is somebody else's to remove";
  EXPECT_TRUE(files->forget(upload(1), kLongHence));
}

TEST(DiskFiles, RemovesUnusedContentForGood) {
  ScratchFolder folder;
  auto files = std::move(*DiskFiles::open(folder.path() / "files"));
  ASSERT_TRUE(files->append(upload(1), 0, "gone soon"));
  const Digest content = files->finish(upload(1))->content;
  ASSERT_TRUE(files->forget(upload(1), kLongHence));
  EXPECT_EQ(files->contents().value(), std::vector{content});
  EXPECT_EQ(files->remove_unused(std::vector{content}).value(), 1);
  EXPECT_TRUE(files->remove_unused(std::vector{content}));
  EXPECT_TRUE(files->contents()->empty());
  EXPECT_EQ(files->read(content, 0, 1).error().code, Errc::not_found);
  EXPECT_EQ(files->finish(upload(1)).error().code, Errc::not_found);
}

// Whoever sent the same bytes a moment ago is about to say them.
TEST(DiskFiles, LeavesContentThatAnUploadHasJustBecome) {
  ScratchFolder folder;
  auto files = std::move(*DiskFiles::open(folder.path() / "files"));
  for (std::uint8_t number : {1, 2}) {
    ASSERT_TRUE(files->append(upload(number), 0, "the same picture"));
    ASSERT_TRUE(files->finish(upload(number)));
  }
  ASSERT_TRUE(files->forget(upload(1), kLongHence));
  const Digest content = sha256("the same picture");
  EXPECT_EQ(files->remove_unused(std::vector{content}).value(), 0);
  EXPECT_EQ(files->finish(upload(2))->content, content);
  EXPECT_EQ(files->read(content, 0, 8).value(), "the same");
}

// Two requests for one upload at once: whoever comes second hears conflict, and the bytes stay whole.
TEST(DiskFiles, StaysWholeWhenTwoSendTheSameUpload) {
  ScratchFolder folder;
  auto files = std::move(*DiskFiles::open(folder.path() / "files"));
  const std::string bytes = pattern(64'000);
  auto send = [&] {
    while (true) {
      const std::int64_t offset = files->received(upload(1)).value_or(0);
      if (offset >= 64'000) return;
      auto sent =
          files->append(upload(1), offset, std::string_view(bytes).substr(static_cast<std::size_t>(offset), 4000));
      if (!sent) ASSERT_EQ(sent.error().code, Errc::conflict);
    }
  };
  {
    std::jthread one(send);
    std::jthread other(send);
  }
  EXPECT_EQ(files->finish(upload(1))->content, sha256(bytes));
}

}  // namespace
}  // namespace kith
