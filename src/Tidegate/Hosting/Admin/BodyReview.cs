using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Shapes;
using Tidegate.Platform.Hosting;

namespace Tidegate.Hosting.Admin;

/// <summary>Everything that is wrong with the shape of a request: the serializer stops at the first. Only of a body that it has refused, so that the others cost nothing.</summary>
internal sealed class BodyReview
{
    private const int MostFindings = 50;

    private readonly JsonSerializerOptions _options;
    private readonly List<Finding> _findings = [];

    private BodyReview(JsonSerializerOptions options) => _options = options;

    /// <summary>Keeps the body of a request, announced or not, so that it can be read once more: in memory alone, for it may hold what shall be on no disk. It is no larger than its endpoint takes.</summary>
    public static Task KeepAsync(HttpContext http, RequestDelegate next)
    {
        if (TypeOf(http.GetEndpoint()) is not null && http.Request.HasJsonContentType()) http.Request.EnableBuffering((int)AdminPort.BodyLimit + (1 << 20));
        return next(http);
    }

    /// <summary>What is wrong with the body of a request that was refused; nothing when it cannot be told.</summary>
    public static async Task<IReadOnlyList<Finding>> OfAsync(HttpContext http, CancellationToken cancel)
    {
        if (TypeOf(http.Features.Get<IExceptionHandlerFeature>()?.Endpoint) is not { } type || !http.Request.Body.CanSeek) return [];
        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        http.Request.Body.Position = 0;
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, new JsonDocumentOptions { MaxDepth = options.MaxDepth }, cancel);
            var review = new BodyReview(options);
            review.Look(body.RootElement, options.GetTypeInfo(type), "$", isNullable: false);
            return review._findings;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or IOException)
        {
            // The second for texts and keys that hold half of a surrogate pair: legal JSON, and no text. The third for what was not read yet, and is more than the endpoint takes, or does not come.
            return [];
        }
    }

    private static Type? TypeOf(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;

    private void Look(JsonElement value, JsonTypeInfo type, string path, bool isNullable)
    {
        if (_findings.Count == MostFindings || (value.ValueKind == JsonValueKind.Null && isNullable)) return;
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when value.ValueKind == JsonValueKind.Object:
                Keys(value, type, path);
                break;
            case JsonTypeInfoKind.Enumerable when value.ValueKind == JsonValueKind.Array:
                var at = 0;
                foreach (var item in value.EnumerateArray()) Look(item, _options.GetTypeInfo(type.ElementType!), $"{path}[{at++}]", isNullable: true);
                break;
            case JsonTypeInfoKind.Dictionary when value.ValueKind == JsonValueKind.Object:
                foreach (var entry in value.EnumerateObject()) Look(entry.Value, _options.GetTypeInfo(type.ElementType!), $"{path}.{entry.Name}", isNullable: true);
                break;
            case JsonTypeInfoKind.None when IsLegal(value, type):
                break;
            default:
                Report("wrong_type", path, $"Expected {Expected(type)}, found {Found(value)}.");
                break;
        }
    }

    private void Keys(JsonElement value, JsonTypeInfo type, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in value.EnumerateObject())
        {
            var comparison = _options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
            var at = $"{path}.{entry.Name}";
            if (type.Properties.FirstOrDefault(p => p.Name.Equals(entry.Name, comparison)) is not { } property)
                Report("unknown_key", at, $"Unknown key \"{entry.Name}\".{Suggestion.For(entry.Name, type.Properties.Select(p => p.Name))} Legal here: {string.Join(", ", type.Properties.Select(p => p.Name))}.");
            else if (!seen.Add(property.Name)) Report("duplicate_key", at, $"The key \"{entry.Name}\" stands here twice: remove one.");
            else if (property.CustomConverter is null) Look(entry.Value, _options.GetTypeInfo(property.PropertyType), at, property.AssociatedParameter?.IsNullable ?? property.IsSetNullable);
        }

        foreach (var missing in type.Properties.Where(p => !seen.Contains(p.Name) && (p.IsRequired || p.AssociatedParameter is { HasDefaultValue: false })))
            Report("missing_key", $"{path}.{missing.Name}", $"The key \"{missing.Name}\" is missing: give {Expected(_options.GetTypeInfo(missing.PropertyType))}.");
    }

    private void Report(string code, string path, string message)
    {
        if (_findings.Count < MostFindings) _findings.Add(new Finding(FindingSeverity.Error, code, "", path, message, null));
    }

    private static bool IsLegal(JsonElement value, JsonTypeInfo type)
    {
        if (value.ValueKind == JsonValueKind.Null) return type.Type == typeof(JsonElement) || Nullable.GetUnderlyingType(type.Type) is not null;
        try
        {
            _ = value.Deserialize(type);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Expected(JsonTypeInfo type) => (type.Kind, Nullable.GetUnderlyingType(type.Type) ?? type.Type) switch
    {
        (JsonTypeInfoKind.Enumerable, _) => "a list",
        (JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary, _) => "an object",
        (_, var t) when t == typeof(string) => "a text",
        (_, var t) when t == typeof(bool) => "true or false",
        (_, var t) when t == typeof(DateTimeOffset) => InstantText.Expected,
        (_, var t) when t == typeof(DateOnly) => "a day such as \"2026-12-10\"",
        (_, { IsEnum: true } t) => $"one of {string.Join(", ", Enum.GetNames(t).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}",
        (_, var t) when t == typeof(int) || t == typeof(long) => "a whole number",
        (_, var t) when t == typeof(double) || t == typeof(decimal) => "a number",
        _ => "something else",
    };

    private static string Found(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => value.GetString() is { Length: <= 60 } text ? $"the text \"{text}\"" : "a text",
        JsonValueKind.Number => $"the number {(value.GetRawText() is { Length: <= 30 } number ? number : "it has")}",
        JsonValueKind.Null => "null",
        _ => value.GetRawText(),
    };
}
