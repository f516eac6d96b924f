using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats.OpenAiChat;

public sealed class OpenAiErrorsTests
{
    private readonly OpenAiChatFormat _format = new();

    public static TheoryData<string> Fixtures => Fixture.Names("OpenAiChat/errors", ".txt");

    // First line of a fixture: status, class, code.
    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Read_ErrorOfAVendor_GivesItsClass(string name)
    {
        var text = Fixture.Text($"OpenAiChat/errors/{name}.txt");
        var head = text[..text.IndexOf('\n', StringComparison.Ordinal)].Split(' ', 3);

        var error = _format.ReadError(int.Parse(head[0]), Encoding.UTF8.GetBytes(text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]));

        Assert.Equal((head[1], head[2], int.Parse(head[0])), (error.Kind.ToString(), error.Code ?? "-", error.Status));
        Assert.NotEmpty(error.Message);
        Assert.DoesNotContain("<h", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WordsOfTheVendor_AreKept()
    {
        Assert.Equal("body.messages: Field required", Message("fastapi_detail"));
        Assert.Equal("body.stream_options: Extra inputs are not permitted", Message("mistral_validation"));
        Assert.Equal("Provider returned error: upstream connect error", Message("openrouter_raw"));
        Assert.Equal("The provider answered 502 with a page: 502 Bad Gateway", Message("html"));
        Assert.Equal("The provider answered 503 without content.", Message("empty"));
    }

    [Theory]
    [InlineData(ModelErrorKind.InvalidRequest, 400, "invalid_request_error", null)]
    [InlineData(ModelErrorKind.Authentication, 401, "authentication_error", "invalid_api_key")]
    [InlineData(ModelErrorKind.Permission, 403, "permission_error", null)]
    [InlineData(ModelErrorKind.Billing, 429, "insufficient_quota", "insufficient_quota")]
    [InlineData(ModelErrorKind.NotFound, 404, "invalid_request_error", "model_not_found")]
    [InlineData(ModelErrorKind.ContextLength, 400, "invalid_request_error", "context_length_exceeded")]
    [InlineData(ModelErrorKind.ContentFilter, 400, "invalid_request_error", "content_filter")]
    [InlineData(ModelErrorKind.RateLimit, 429, "rate_limit_error", "rate_limit_exceeded")]
    [InlineData(ModelErrorKind.Overloaded, 503, "service_unavailable_error", null)]
    [InlineData(ModelErrorKind.Timeout, 504, "timeout_error", null)]
    [InlineData(ModelErrorKind.Server, 502, "server_error", null)]
    public void Write_EveryClass_IsTheEnvelopeTheSdksKnow(ModelErrorKind kind, int status, string type, string? code)
    {
        var error = new ModelError(kind, 0, "words") { Parameter = "messages" };

        var json = Streams.Json(j => _format.WriteError(error, j)).GetProperty("error");

        Assert.Equal(("words", type, "messages", code), (json.GetProperty("message").GetString(), json.GetProperty("type").GetString(), json.GetProperty("param").GetString(), json.GetProperty("code").GetString()));
        Assert.Equal(status, _format.StatusOf(error));
        Assert.Equal(kind, _format.ReadError(status, Encoding.UTF8.GetBytes($"{{\"error\":{json.GetRawText()}}}")).Kind);
    }

    private string Message(string name)
    {
        var text = Fixture.Text($"OpenAiChat/errors/{name}.txt");
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return _format.ReadError(int.Parse(text.Split(' ')[0]), Encoding.UTF8.GetBytes(text[(end + 1)..])).Message;
    }
}
