using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tidegate.Platform.Hosting;

/// <summary>How the admin API writes and reads JSON: camelCase keys, snake_case enum words. The CLI reads with the same, and passes over keys it does not know yet.</summary>
public static class ApiJson
{
    /// <summary>The settings of answers. Read-only. Requests are read with these, and unknown keys and times without an offset refused (<see cref="ConfigureRequests"/>).</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Brings the options of minimal API endpoints to the same settings; a key the endpoint does not know is a mistake of the caller.</summary>
    public static void ConfigureRequests(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Configure(options);
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        // Of a key that is there twice one value would be passed over without a word.
        options.AllowDuplicateProperties = false;
        // A null or missing value for what is not nullable is the caller's mistake (400), not a NullReferenceException later (500).
        // Parameters of request records that may be left out have a default value.
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new InstantConverter());
    }

    private static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.NumberHandling = JsonNumberHandling.Strict;
        // Answers are application/json with nosniff, never markup: readable text wins over \u escapes.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
