#include "http/assets.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "base/digest.h"
#include "base/text.h"

namespace kith::http {
namespace {

namespace fs = std::filesystem;

struct Kind {
  std::string_view ending;
  std::string_view media_type;
};
// The same as in tools/embed_assets.py.
constexpr Kind kKinds[] = {
    {".css", "text/css; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".ico", "image/x-icon"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".mp3", "audio/mpeg"},
    {".ogg", "audio/ogg"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".wav", "audio/wav"},
    {".webmanifest", "application/manifest+json"},
    {".webp", "image/webp"},
    {".woff2", "font/woff2"},
};

std::string_view kind_of(std::string_view name) {
  for (const Kind& kind : kKinds)
    if (name.ends_with(kind.ending)) return kind.media_type;
  return {};
}

// Names of ours are made of these only, so that no name leads out of the folder.
bool is_plain_name(std::string_view name) {
  bool at_begin = true;  // of a segment
  for (char c : name) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!is_letter && c != '-' && c != '_' && c != '@' && c != '/' && (c != '.' || at_begin)) return false;
    at_begin = c == '/';
  }
  return !name.empty() && !at_begin;
}

std::optional<std::string> read_whole(const fs::path& path) {
  std::error_code failed;
  if (!fs::is_regular_file(path, failed)) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

// "desk/index.html" is apps/desk/dist/index.html; "assets/x.js" is in the dist folder of any app.
std::optional<std::string> read_from_folder(const fs::path& web, const std::string& name) {
  const fs::path apps = web / "apps";
  if (!name.starts_with("assets/")) {
    const std::size_t slash = name.find('/');
    if (slash == std::string::npos) return std::nullopt;
    return read_whole(apps / name.substr(0, slash) / "dist" / name.substr(slash + 1));
  }
  std::error_code failed;
  for (const fs::directory_entry& app : fs::directory_iterator(apps, failed))
    if (auto bytes = read_whole(app.path() / "dist" / name)) return bytes;
  return std::nullopt;
}

// What FoundAsset::asset points into.
struct OnDisk {
  std::string name;
  std::string etag;
  std::string bytes;
};

Result<FoundAsset> read_asset(const std::string& folder, const std::string& name) {
  auto bytes = read_from_folder(folder, name);
  if (!bytes) return fail(Errc::not_found, "no such file");
  std::string etag = hex(sha256(*bytes)).substr(0, 24);
  auto kept = std::make_shared<OnDisk>(OnDisk{name, std::move(etag), std::move(*bytes)});
  const Asset asset{.name = kept->name, .media_type = kind_of(name), .etag = kept->etag, .plain = kept->bytes};
  return FoundAsset{asset, {kept, &kept->bytes}};
}

// One "name;q=0.5" of the list; true unless its weight is zero.
bool is_wanted(std::string_view parameters) {
  const std::size_t at = parameters.find("q=");
  if (at == std::string_view::npos) return true;
  const std::string_view weight = trim(parameters.substr(at + 2));
  return weight.find_first_not_of("0.") != std::string_view::npos;
}

}  // namespace

boost::asio::awaitable<Result<FoundAsset>> Assets::find(std::string name) const {
  if (!is_plain_name(name) || kind_of(name).empty()) co_return fail(Errc::not_found, "no name of an asset");
  if (!folder_.empty()) {
    auto work = [folder = folder_, name] { return read_asset(folder, name); };
    auto fresh = co_await workers_->run(std::move(work));
    if (fresh || fresh.error().code != Errc::not_found) co_return fresh;
  }
  const auto found = std::ranges::lower_bound(embedded_, std::string_view(name), {}, &Asset::name);
  if (found == embedded_.end() || found->name != name) co_return fail(Errc::not_found, "no such asset");
  co_return FoundAsset{*found};
}

std::string_view Assets::find_hashed(std::string_view beginning) const {
  const std::string whole = "assets/" + std::string(beginning);
  const auto found = std::ranges::lower_bound(embedded_, std::string_view(whole), {}, &Asset::name);
  return found != embedded_.end() && found->name.starts_with(whole) ? found->name : std::string_view();
}

TakenEncodings read_accept_encoding(std::string_view header) {
  TakenEncodings taken;
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(','), header.size());
    const std::string_view one = header.substr(0, end);
    const std::size_t semicolon = std::min(one.find(';'), one.size());
    const std::string name = lower_ascii(trim(one.substr(0, semicolon)));
    if (name == "br") taken.brotli = is_wanted(one.substr(semicolon));
    if (name == "gzip") taken.gzip = is_wanted(one.substr(semicolon));
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  return taken;
}

Response send_asset(const Request& request, const FoundAsset& found) {
  const Asset& asset = found.asset;
  const TakenEncodings taken = read_accept_encoding(request.headers.get("accept-encoding"));
  std::string_view bytes = asset.plain;
  std::string_view encoding;
  const auto prefer = [&](bool is_taken, std::string_view form, std::string_view name) {
    if (!is_taken || form.empty()) return;
    bytes = form;
    encoding = name;
  };
  prefer(taken.gzip, asset.gzip, "gzip");
  prefer(taken.brotli, asset.brotli, "br");
  Response response;
  response.lasting = bytes;
  response.owner = found.owner;
  response.with("Content-Type", asset.media_type).with("Vary", "Accept-Encoding");
  if (!encoding.empty()) response.with("Content-Encoding", encoding);
  // Each form has a tag of its own, because their bytes differ (RFC 9110, 8.8.3.3).
  response.etag = "\"" + std::string(asset.etag) + (encoding.empty() ? "" : "-") + std::string(encoding) + "\"";
  const bool is_kept_for_ever = is_immutable(asset) && !found.owner;
  response.with("Cache-Control", is_kept_for_ever ? "public, max-age=31536000, immutable" : "no-cache");
  return response;
}

}  // namespace kith::http
