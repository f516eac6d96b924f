using Microsoft.AspNetCore.Http;

namespace Tidegate.Gateway.Models;

/// <summary>
/// What callers say of the API in headers and query, beside the body: it goes on to providers that speak the same format. To others a beta says nothing: what it opens are
/// fields of the body, which are refused by their own names. So it is left out and named.
/// </summary>
internal sealed class CallerWishes
{
    private const string Anthropic = "anthropic_messages", AnthropicBeta = "anthropic-beta", AnthropicVersion = "anthropic-version", OpenAiBeta = "OpenAI-Beta";

    private readonly string _betaName;
    private readonly string? _beta, _version;
    private readonly bool _betaQuery;

    private CallerWishes(string betaName, string? beta, string? version, bool betaQuery) => (_betaName, _beta, _version, _betaQuery) = (betaName, beta, version, betaQuery);

    /// <summary>The header with a beta in it; null when there is none.</summary>
    public string? Beta => _beta is null ? null : _betaName;

    /// <summary>The same for keys of caches: what answers may depend on.</summary>
    public string Words => $"{_beta}\n{_version}";

    /// <summary>What a call says; null for nothing.</summary>
    public static CallerWishes? Read(HttpRequest request, string format)
    {
        var headers = request.Headers;
        if (format == Anthropic)
        {
            var (beta, version) = (Text(headers, AnthropicBeta), Text(headers, AnthropicVersion));
            var query = request.QueryString.HasValue && request.Query["beta"] is ["true", ..];
            return beta is null && version is null && !query ? null : new CallerWishes(AnthropicBeta, beta, version, query);
        }

        return format.StartsWith("openai_", StringComparison.Ordinal) && Text(headers, OpenAiBeta) is { } openAi ? new CallerWishes(OpenAiBeta, openAi, null, false) : null;
    }

    /// <summary>The path of a provider of the same format.</summary>
    public string PathOf(string path) => !_betaQuery ? path : path.Contains('?', StringComparison.Ordinal) ? path + "&beta=true" : path + "?beta=true";

    /// <summary>Adds the headers for a provider of the same format. A version the provider's document names stands.</summary>
    public void AddTo(HttpRequestMessage request)
    {
        if (_beta is not null) request.Headers.TryAddWithoutValidation(_betaName, _beta);
        if (_version is not null && !request.Headers.Contains(AnthropicVersion)) request.Headers.TryAddWithoutValidation(AnthropicVersion, _version);
    }

    // Several lines of a list are one.
    private static string? Text(IHeaderDictionary headers, string name) => headers.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;
}
