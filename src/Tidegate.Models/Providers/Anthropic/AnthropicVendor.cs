using Tidegate.Models.Formats;
using Tidegate.Models.Formats.AnthropicMessages;

namespace Tidegate.Models.Providers.Anthropic;

/// <summary>Anthropic: key in <c>x-api-key</c>, version of the API in a header.</summary>
public sealed class AnthropicVendor : Vendor
{
    private const string DefaultVersion = "2023-06-01";

    /// <inheritdoc/>
    public override string Name => "anthropic";

    /// <inheritdoc/>
    public override string Address => "https://api.anthropic.com";

    /// <inheritdoc/>
    public override IReadOnlyList<ITargetFormat> Formats { get; } = [new AnthropicMessagesFormat()];

    /// <inheritdoc/>
    public override string? Path(ModelOperation operation, string format, string model, bool stream, VendorAccount account) => operation switch
    {
        ModelOperation.Chat => "/v1/messages",
        ModelOperation.CountTokens when format == "anthropic_messages" => "/v1/messages/count_tokens",
        _ => null,
    };

    /// <inheritdoc/>
    public override void Authorize(HttpRequestMessage request, ReadOnlyMemory<byte> body, string secret, VendorAccount account, DateTimeOffset now)
    {
        if (secret.Length > 0) request.Headers.TryAddWithoutValidation("x-api-key", secret);
        if (!request.Headers.Contains("anthropic-version")) request.Headers.TryAddWithoutValidation("anthropic-version", account.ApiVersion ?? DefaultVersion);
    }
}
