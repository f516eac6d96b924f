using Tidegate.Core.Ports;
using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Formats.Gemini;
using Tidegate.Models.Formats.OllamaChat;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.OpenAiEmbeddings;
using Tidegate.Models.Formats.OpenAiResponses;

namespace Tidegate.Models.Providers.Fake;

/// <summary>
/// A vendor for demonstrations and tests that answers inside the process, in every dialect, with every fault. The name of a model is its script: see
/// <see cref="FakeScript"/>.
/// </summary>
public sealed class FakeVendor : Vendor
{
    private static readonly OpenAiEmbeddingsFormat Vectors = new();

    /// <inheritdoc/>
    public override string Name => "fake";

    /// <summary>A host that cannot exist (RFC 6761): nothing is ever sent there.</summary>
    public override string Address => "http://fake.invalid";

    /// <inheritdoc/>
    public override IReadOnlyList<ITargetFormat> Formats { get; } = [new OpenAiChatFormat(), new AnthropicMessagesFormat(), new GeminiFormat(), new OllamaChatFormat(), new OpenAiResponsesFormat()];

    /// <summary>The dialect the script names; else the caller's own.</summary>
    public override ITargetFormat FormatFor(string face, string model) => base.FormatFor(FakeScript.Parse(model, out _)?.Dialect ?? face, model);

    /// <inheritdoc/>
    public override bool ModelInPath(string format) => format == "gemini";

    /// <inheritdoc/>
    public override IEmbeddingsTarget? EmbeddingsFor(string model) => Vectors;

    /// <inheritdoc/>
    public override string? Path(ModelOperation operation, string format, string model, bool stream, VendorAccount account) => operation switch
    {
        ModelOperation.Chat => $"/{format}?model={Uri.EscapeDataString(model)}{(stream ? "&stream=true" : "")}",
        ModelOperation.Embeddings when IsOpenAi(format) => $"/embeddings?model={Uri.EscapeDataString(model)}",
        _ => null,
    };

    /// <inheritdoc/>
    public override HttpMessageHandler CreateHandler(TimeProvider time, IRandomSource random) => new FakeVendorHandler(time, random);

    /// <summary>It asks for no key.</summary>
    public override void Authorize(HttpRequestMessage request, ReadOnlyMemory<byte> body, string secret, VendorAccount account, DateTimeOffset now)
    {
    }
}
