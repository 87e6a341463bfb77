#include "runtime/zip_stream.h"

#include <archive.h>
#include <archive_entry.h>

#include <clocale>
#include <map>

#include <gtest/gtest.h>

namespace kith::runtime {
namespace {

// What somebody else's reader finds in these bytes.
std::map<std::string, std::string> unpacked(const std::string& bytes) {
  std::setlocale(LC_CTYPE,
                 "C.UTF-8");  // the reader of the library speaks the locale's letters; the writer does not care
  std::map<std::string, std::string> files;
  archive* zip = archive_read_new();
  archive_read_support_format_zip(zip);
  archive_read_set_options(zip, "hdrcharset=UTF-8");
  EXPECT_EQ(archive_read_open_memory(zip, bytes.data(), bytes.size()), ARCHIVE_OK);
  archive_entry* entry = nullptr;
  while (archive_read_next_header(zip, &entry) == ARCHIVE_OK) {
    std::string content(1'000'000, '\0');
    const la_ssize_t size = archive_read_data(zip, content.data(), content.size());
    EXPECT_GE(size, 0);
    const char* name = archive_entry_pathname_utf8(entry);
    files[name ? name : ""] = content.substr(0, static_cast<std::size_t>(std::max<la_ssize_t>(0, size)));
  }
  archive_read_free(zip);
  return files;
}

TEST(ZipStream, CanBeReadByOthers) {
  auto zip = ZipStream::open();
  ASSERT_TRUE(zip);
  std::string bytes;
  ASSERT_TRUE(zip->begin_file("story.html", Time{1'795'312'800'000'000}));
  ASSERT_TRUE(zip->write("<p>Hello"));
  ASSERT_TRUE(zip->write("</p>"));
  ASSERT_TRUE(zip->begin_file("files/0001 lämpchen.jpg", Time{}, ZipStream::Packing::none));
  ASSERT_TRUE(zip->write(std::string(300'000, 'x')));
  bytes += zip->take();
  EXPECT_GT(bytes.size(), 300'000U) << "it comes out while it goes in";
  ASSERT_TRUE(zip->begin_file("empty.txt", Time{}));
  ASSERT_TRUE(zip->finish());
  bytes += zip->take();
  EXPECT_EQ(zip->take(), "");
  const auto files = unpacked(bytes);
  EXPECT_EQ(files.size(), 3U);
  EXPECT_EQ(files.at("story.html"), "<p>Hello</p>");
  EXPECT_EQ(files.at("files/0001 lämpchen.jpg"), std::string(300'000, 'x'));
  EXPECT_EQ(files.at("empty.txt"), "");
}

}  // namespace
}  // namespace kith::runtime
