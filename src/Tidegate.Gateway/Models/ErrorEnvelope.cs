using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Gateway.Models;

/// <summary>Tells errors that a vendor's SDK reads from those a look-alike made up: Mistral's <c>{"object":"error","message":...}</c>, FastAPI's <c>{"detail":...}</c>, pages.</summary>
internal static class ErrorEnvelope
{
    /// <summary>True for an object with <c>error</c>, which all callers' formats have.</summary>
    public static bool IsIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryField("error", out var error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
