using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Formats.BedrockConverse;
using Tidegate.Models.Formats.CohereEmbed;
using Tidegate.Models.Formats.TitanEmbed;

namespace Tidegate.Models.Providers.Bedrock;

/// <summary>
/// Amazon Bedrock: model in the path, requests signed for the region. All models speak Converse; Anthropic's also their own format, which callers of it get: nothing of
/// theirs is lost. A key without a colon is one of Bedrock's own API keys, sent as a bearer.
/// </summary>
public sealed class BedrockVendor : Vendor
{
    private const string Service = "bedrock";
    private static readonly TitanEmbedFormat Titan = new();
    private static readonly CohereEmbedFormat Cohere = new(modelInPath: true);
    private static readonly AnthropicMessagesFormat Claude = new(new AnthropicOptions { Place = AnthropicPlace.Bedrock });

    /// <inheritdoc/>
    public override string Name => "bedrock";

    /// <inheritdoc/>
    public override IReadOnlyList<ITargetFormat> Formats { get; } = [new BedrockConverseFormat(), Claude];

    /// <inheritdoc/>
    public override string? AddressIn(string? region) => string.IsNullOrEmpty(region)
        ? null
        : $"https://bedrock-runtime.{region}.amazonaws.com{(region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "")}";

    /// <inheritdoc/>
    public override ITargetFormat FormatFor(string face, string model) =>
        face == "anthropic_messages" && model.Contains("anthropic.", StringComparison.Ordinal) ? Claude : Formats[0];

    /// <inheritdoc/>
    public override bool ModelInPath(string format) => true;

    /// <inheritdoc/>
    public override IEmbeddingsTarget? EmbeddingsFor(string model) => model.Contains("cohere.embed", StringComparison.Ordinal) ? Cohere : Titan;

    /// <inheritdoc/>
    public override string? Path(ModelOperation operation, string format, string model, bool stream, VendorAccount account)
    {
        if (operation == ModelOperation.Embeddings && format is TitanEmbedFormat.Word or CohereEmbedFormat.Word) return $"/model/{Uri.EscapeDataString(model)}/invoke";
        if (operation != ModelOperation.Chat) return null;
        var verb = (format == Claude.Name, stream) switch
        {
            (true, true) => "invoke-with-response-stream",
            (true, false) => "invoke",
            (false, true) => "converse-stream",
            (false, false) => "converse",
        };
        // Names of profiles hold colons and slashes (arn:aws:bedrock:...:inference-profile/...): one segment all the same.
        return $"/model/{Uri.EscapeDataString(model)}/{verb}";
    }

    /// <inheritdoc/>
    public override void Authorize(HttpRequestMessage request, ReadOnlyMemory<byte> body, string secret, VendorAccount account, DateTimeOffset now)
    {
        if (AwsKey.Parse(secret) is { } key) SigV4.Sign(request, body.Span, key, account.Region ?? "us-east-1", Service, now);
        else if (secret.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {secret}");
    }
}
