using System.Collections.Frozen;
using System.Globalization;
using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog.Segments;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary>Everything a call can be asked for: the one list behind filters, groups and the field reference.</summary>
internal static class CallFields
{
    public static IReadOnlyList<CallField> All { get; } =
    [
        new IdField("id", "id", "Id of the call.", c => c.Id),
        new IdField("traceId", "trace_id", "W3C trace id.", CallColumn.TraceId),
        new NumberField("startedAt", "started_at", "When the request headers had been read, UTC.", Notation.Moment, c => (c.StartedAt.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond),
        new NumberField("duration", "duration_us", "Whole call, to the last byte sent.", Notation.Time, c => c.DurationUs),
        new NumberField("upstreamFirstByte", "upstream_first_byte_us", "Until the final attempt answered.", Notation.Time, c => Happened(c.UpstreamFirstByteUs)),
        new NumberField("firstByte", "first_byte_us", "Until the first body byte was sent.", Notation.Time, c => Happened(c.FirstByteUs)),
        new TextField("route", "route", "Name of the route; empty when none matched.", c => c.Route) { IsDimension = true },
        new TextField("service", "service", "Name of the service.", c => c.Service) { IsDimension = true },
        new TextField("version", "version", "Version or split that was taken; of a prompt, its version.", c => c.Version) { IsDimension = true },
        new TextField("prompt", "prompt", "Prompt that was called; empty for none.", c => c.Prompt) { IsDimension = true },
        new TextField("consumer", "consumer", "Name of the consumer; empty for anonymous callers.", c => c.Consumer) { IsDimension = true },
        new TextField("keyId", "key_id", "Id of the key used.", c => c.KeyId) { IsDimension = true },
        new TextField("destination", "destination", "Destination that gave the final answer.", c => c.Destination) { IsDimension = true },
        new TextField("method", "method", "HTTP method.", c => c.Method) { IsDimension = true },
        new TextField("host", "host", "Host asked for.", c => c.Host) { IsDimension = true },
        new TextField("path", "path", "Path asked for, without the query.", c => c.Path) { IsDimension = true },
        new TextField("clientIp", "client_ip", "Address of the caller.", c => c.ClientIp) { IsDimension = true },
        new TextField("protocol", "protocol", "HTTP/1.1, HTTP/2, ...", c => c.Protocol) { IsDimension = true },
        new TextField("kind", "kind", "http, grpc, websocket, sse or model; shadow for mirrored calls, which are left out unless they are asked for.", c => c.Kind) { IsDimension = true, NamesShadows = true },
        new NumberField("status", "status", "Status the caller saw.", Notation.Number, c => c.Status) { IsDimension = true },
        new NumberField("grpcStatus", "grpc_status", "Status of a gRPC call.", Notation.Number, c => Happened(c.GrpcStatus)) { IsDimension = true },
        new TextField("outcome", "outcome", "What became of the call.", c => c.Outcome.Word()) { IsDimension = true, Words = CallOutcomes.All },
        new FlagField("failed", "failed", "The outcome counts against the service.", c => c.Outcome.IsServiceFailure()) { IsDimension = true },
        new NumberField("requestBytes", "request_bytes", "Body bytes read from the caller.", Notation.Bytes, c => c.RequestBytes),
        new NumberField("responseBytes", "response_bytes", "Body bytes sent to the caller.", Notation.Bytes, c => c.ResponseBytes),
        new TextField("error", "error", "What went wrong; empty when nothing did.", c => c.Error) { IsDimension = true },
        new TextField("why", "why", "Which policies decided, in order.", c => c.Why) { IsDimension = true },
        new NumberField("revision", "revision", "Configuration revision that decided.", Notation.Number, c => c.Revision) { IsDimension = true },
        new NumberField("attempts", "attempts", "Number of upstream attempts.", Notation.Number, c => c.AttemptCount) { IsDimension = true },
        new TextField("provider", "provider", "Provider of the model that answered; empty where no model was called.", c => c.Use?.Provider ?? "") { IsDimension = true },
        new TextField("model", "model", "Model that answered, in the provider's words.", c => c.Use?.Model ?? "") { IsDimension = true },
        new NumberField("inputTokens", "input_tokens", "Tokens read by the model, cached ones included.", Notation.Number, c => c.Use?.InputTokens),
        new NumberField("cachedInputTokens", "cached_input_tokens", "Part of them from the provider's cache.", Notation.Number, c => c.Use is { InputTokens: not null } use ? use.CachedInputTokens : null),
        new NumberField("cacheWriteTokens", "cache_write_tokens", "Part of them written to the provider's cache.", Notation.Number, c => c.Use is { InputTokens: not null } use ? use.CacheWriteTokens : null),
        new NumberField("outputTokens", "output_tokens", "Tokens written by the model, reasoning included.", Notation.Number, c => c.Use?.OutputTokens),
        new NumberField("reasoningTokens", "reasoning_tokens", "Part of them that was reasoning.", Notation.Number, c => c.Use is { OutputTokens: not null } use ? use.ReasoningTokens : null),
        new NumberField("cost", "cost", "Cost of the attempt that answered; null when it is not known.", Notation.Money, c => Notation.Units(c.Use?.Cost)),
        new NumberField("otherCost", "other_cost", "Cost of the attempts that did not answer; null when it is not known.", Notation.Money, c => Notation.Units(OtherCost.Of(c))),
        new TextField("currency", "currency", "Currency of the costs; empty when there are none.", c => c.Use is { Cost: not null } use ? use.Currency : "") { IsDimension = true },
        new FlagField("estimated", "estimated", "The gateway counted the tokens, because the provider did not tell them.", c => c.Use is { Estimated: true }) { IsDimension = true },
        new NumberField("firstToken", "first_token_us", "From the start of the attempt that answered to its first token.", Notation.Time, c => c.Use is { FirstTokenUs: >= 0 and var us } ? us : null),
        new NumberField("interToken", "inter_token_us", "Mean time from one token of a stream to the next, as the provider sent them.", Notation.Time, c => c.Use is { InterTokenUs: >= 0 and var us } ? us : null),
        new TextField("cache", "cache", "What the answer cache said: hit or miss; empty when it was not asked.", CallQuality.Cache) { IsDimension = true },
        new FlagField("refused", "refused", "The model declined, or its provider's filter did.", c => CallQuality.Refused(c)) { IsDimension = true },
        new FlagField("schemaValid", "schema_valid", "The answer has the shape asked for; null when none was, or when it is none that could have it.", CallQuality.SchemaValid) { IsDimension = true },
        new NumberField("ageSeconds", "age_seconds", "Age of what was answered, in seconds; null when it is not known.", Notation.Number, c => Happened(c.AgeSeconds)),
        new IdField("shadowOf", "shadow_of", "Id of the call that a mirrored one mirrors, its primary.", c => c.Shadow?.Of) { NamesShadows = true },
        new TextField("primaryOutcome", "primary_outcome", "What became of the primary of a mirrored call; empty for other calls.", c => c.Shadow?.PrimaryOutcome.Word() ?? "") { IsDimension = true, NamesShadows = true },
        new TextField("finish", "finish", "Why the answer of a mirrored call ended.", c => c.Shadow?.Finish ?? "") { IsDimension = true, NamesShadows = true },
        new TextField("primaryFinish", "primary_finish", "Why its primary's answer ended.", c => c.Shadow?.PrimaryFinish ?? "") { IsDimension = true, NamesShadows = true },
        new FlagField("sameTools", "same_tools", "A mirrored call and its primary call the same tools; null when neither calls any.", c => c.Shadow?.SameTools) { IsDimension = true, NamesShadows = true },
        new FlagField("primarySchemaValid", "primary_schema_valid", "Its primary's answer has it.", c => c.Shadow?.PrimarySchemaValid) { IsDimension = true, NamesShadows = true },
        new NumberField("similarity", "similarity", "What the texts of a mirrored call and its primary have in common, 0 to 1.", Notation.Share, c => Notation.Units(c.Shadow?.Similarity)) { NamesShadows = true },
    ];

    private static readonly FrozenDictionary<string, CallField> Lookup = All
        .SelectMany(field => new[] { field.Name, field.Column, field.Column.Replace("_us", "", StringComparison.Ordinal) }.Select(Plain).Distinct(StringComparer.Ordinal).Select(name => (name, field)))
        .ToFrozenDictionary(x => x.name, x => x.field, StringComparer.Ordinal);

    /// <summary>By its name in any case, or its column; a <see cref="FilterException"/> when there is none.</summary>
    public static CallField Find(string name, FilterText written) => Lookup.TryGetValue(Plain(name), out var field)
        ? field
        : throw written.Error($"There is no field '{name}'.{Near.Hint(name, All.Select(f => f.Name))}", $"Fields: {string.Join(", ", All.Select(f => f.Name))}.");

    /// <summary>By name, when calls can be grouped by it; a <see cref="CallQueryException"/> about <c>by</c> when not.</summary>
    public static CallField FindDimension(string name)
    {
        if (Lookup.TryGetValue(Plain(name), out var field) && field.IsDimension) return field;
        string[] dimensions = [.. All.Where(f => f.IsDimension).Select(f => f.Name)];
        throw new CallQueryException(
            "by", field is null ? $"There is no field '{name}'.{Near.Hint(name, dimensions)}" : $"Calls cannot be grouped by '{field.Name}'.", $"Dimensions: {string.Join(", ", dimensions)}.");
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLower(CultureInfo.InvariantCulture);

    private static long? Happened(long value) => value < 0 ? null : value;
}
