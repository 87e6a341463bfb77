#include "http/attachment_content.h"

#include <algorithm>
#include <charconv>

#include "conversations/attachments.h"
#include "conversations/media_type.h"
#include "http/problem.h"

namespace kith::http {
namespace {

// So many bytes are written (and synced) at once: a sync per network packet would be a hundred times slower.
constexpr std::size_t kPieceBytes = 1024 * 1024;
constexpr std::int64_t kReadBytes = 256 * 1024;

boost::asio::awaitable<Result<Attachment>> find_attachment(ApiServices& api, Request request) {
  KITH_CO_TRY(AttachmentId id, request.id_param<AttachmentId>("id"));
  co_return co_await look_as(api, request.actor, id, describe_attachment);
}

boost::asio::awaitable<Result<std::int64_t>> received_bytes(ApiServices& api, Attachment attachment) {
  if (attachment.state == AttachmentState::kept) co_return attachment.size_bytes;
  auto ask = [&files = api.files, id = attachment.id] { return files.received(id); };
  co_return co_await api.workers.run(ask);
}

Result<std::int64_t> offset_of(const Request& request) {
  std::string_view text = request.headers.get("upload-offset");
  std::int64_t offset = -1;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), offset);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || offset < 0)
    return invalid("Upload-Offset", "must say where these bytes begin");
  return offset;
}

boost::asio::awaitable<Result<std::int64_t>> append(ApiServices& api, AttachmentId id, std::int64_t offset,
                                                    std::string bytes) {
  auto work = [&files = api.files, id, offset, bytes = std::move(bytes)] { return files.append(id, offset, bytes); };
  co_return co_await api.workers.run(std::move(work));
}

// Takes the body to disk piece by piece and says how far it came. An error of the body comes after what arrived is
// safe.
boost::asio::awaitable<Result<std::int64_t>> take_body(ApiServices& api, Attachment attachment, std::int64_t offset,
                                                       BodyReader& body) {
  std::string piece;
  std::optional<Error> broken;
  for (bool at_end = false; !at_end;) {
    auto chunk = co_await body.next_chunk();
    if (!chunk) broken = chunk.error();
    at_end = !chunk || chunk->empty();
    if (!at_end) piece += *chunk;
    auto announced = static_cast<std::size_t>(attachment.size_bytes - offset);
    if (piece.size() > announced) co_return fail(Errc::too_large, "more bytes than were announced");
    if (piece.empty() || (!at_end && piece.size() < kPieceBytes)) continue;
    std::string full = std::exchange(piece, {});
    KITH_CO_TRY(offset, co_await append(api, attachment.id, offset, std::move(full)));
  }
  if (broken) co_return std::unexpected(std::move(*broken));
  co_return offset;
}

boost::asio::awaitable<Result<Attachment>> finish(ApiServices& api, Actor actor, AttachmentId id) {
  auto work = [&files = api.files, id] { return files.finish(id); };
  KITH_CO_TRY(KeptFile kept, co_await api.workers.run(work));
  FinishAttachment command{id, kept.content, kept.size_bytes, std::move(kept.head)};
  co_return co_await write_as(api, std::move(actor), std::move(command), finish_attachment);
}

Response answer_upload(const Attachment& attachment, std::int64_t offset) {
  Response response = answer_with(attachment);
  response.with("Upload-Offset", std::to_string(offset));
  return response;
}

// A download on its way. Shared, because the response outlives the handler.
struct Download {
  FileStore& files;
  runtime::WorkerPool& workers;
  Digest content;
  std::int64_t at = 0;
  std::int64_t left = 0;
};

boost::asio::awaitable<Result<std::string>> next_piece(std::shared_ptr<Download> download) {
  if (download->left == 0) co_return std::string();
  std::int64_t length = std::min(download->left, kReadBytes);
  auto work = [&files = download->files, content = download->content, at = download->at, length] {
    return files.read(content, at, length);
  };
  KITH_CO_TRY(std::string bytes, co_await download->workers.run(work));
  if (bytes.empty()) co_return fail(Errc::unavailable, "a kept file is shorter than it was");
  download->at += static_cast<std::int64_t>(bytes.size());
  download->left -= static_cast<std::int64_t>(bytes.size());
  co_return bytes;
}

void add_safe_headers(Response& response, const Attachment& attachment) {
  bool is_inline = is_shown_inline(attachment.media_type);
  response.with("Content-Type", attachment.media_type)
      .with("Content-Disposition", content_disposition(is_inline ? "inline" : "attachment", attachment.name))
      .with("X-Content-Type-Options", "nosniff")
      .with("Content-Security-Policy", "sandbox; default-src 'none'")
      .with("Cross-Origin-Resource-Policy", "same-origin")
      .with("Cache-Control", "private, no-cache")
      .with("Accept-Ranges", "bytes");
}

Response send(ApiServices& api, const Attachment& attachment, std::optional<ByteRange> range) {
  auto whole = static_cast<std::uint64_t>(attachment.size_bytes);
  ByteRange part = range.value_or(ByteRange{0, whole});
  auto download = std::make_shared<Download>(Download{api.files, api.workers, *attachment.content,
                                                      static_cast<std::int64_t>(part.first),
                                                      static_cast<std::int64_t>(part.length)});
  Response response;
  response.status = range ? 206 : 200;
  add_safe_headers(response, attachment);
  if (range) {
    std::string content_range = "bytes " + std::to_string(part.first) + "-" +
                                std::to_string(part.first + part.length - 1) + "/" + std::to_string(whole);
    response.with("Content-Range", content_range);
  }
  response.etag = "\"" + hex(*attachment.content) + "\"";
  response.source = BodySource{part.length, [download] { return next_piece(download); }};
  return response;
}

bool is_plain_name_character(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '_';
}

}  // namespace

std::string content_disposition(std::string_view how, std::string_view name) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string plain;
  std::string encoded;
  for (unsigned char c : name) {
    if (is_plain_name_character(c)) {
      plain += static_cast<char>(c);
      encoded += static_cast<char>(c);
      continue;
    }
    plain += c == ' ' ? ' ' : '_';
    encoded += {'%', kHex[c >> 4], kHex[c & 15]};
  }
  return std::string(how) + "; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
}

// A crash can fall between the last byte and the word that it was the last. Whoever then asks how far it came hears
// “to the end” and sends nothing more, so this completes it. Only its sender finds a file that is still on its way.
Answer head_content(ApiServices& api, Request request) {
  KITH_CO_TRY(Attachment attachment, co_await find_attachment(api, request));
  KITH_CO_TRY(std::int64_t received, co_await received_bytes(api, attachment));
  if (attachment.state == AttachmentState::uploading && received == attachment.size_bytes) {
    auto kept = co_await finish(api, request.actor, attachment.id);
    // In hand elsewhere: whoever sent the last byte is completing it.
    if (!kept && kept.error().code != Errc::conflict) co_return std::unexpected(std::move(kept).error());
  }
  Response response = Response::empty(200);
  response.with("Upload-Offset", std::to_string(received))
      .with("Upload-Length", std::to_string(attachment.size_bytes))
      .with("Cache-Control", "no-store");
  co_return response;
}

Answer get_content(ApiServices& api, Request request) {
  KITH_CO_TRY(Attachment attachment, co_await find_attachment(api, request));
  if (!attachment.content) co_return fail(Errc::not_found, "not complete yet");
  auto range = read_range(request, static_cast<std::uint64_t>(attachment.size_bytes));
  if (!range) {
    Response response = problem(416, "The file is shorter than that");
    response.with("Content-Range", "bytes */" + std::to_string(attachment.size_bytes));
    co_return response;
  }
  co_return send(api, attachment, *range);
}

Answer patch_content(ApiServices& api, Request request, BodyReader& body) {
  KITH_CO_TRY(std::int64_t offset, offset_of(request));
  KITH_CO_TRY(Attachment attachment, co_await find_attachment(api, request));
  bool is_all_here = offset == attachment.size_bytes;
  if (attachment.state == AttachmentState::kept) {
    if (!is_all_here) co_return fail(Errc::conflict, "every byte is here already");
    co_return answer_upload(attachment, offset);
  }
  if (offset > attachment.size_bytes) co_return fail(Errc::conflict, "behind the end of the file");
  if (!is_all_here) {
    KITH_CO_TRY(std::int64_t received, co_await received_bytes(api, attachment));
    if (received != offset) co_return fail(Errc::conflict, "not where the bytes go on");
    KITH_CO_TRY(offset, co_await take_body(api, attachment, offset, body));
  }
  if (offset < attachment.size_bytes) co_return answer_upload(attachment, offset);
  KITH_CO_TRY(Attachment kept, co_await finish(api, request.actor, attachment.id));
  co_return answer_upload(kept, offset);
}

}  // namespace kith::http
