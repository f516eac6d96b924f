using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tidegate.Core.Resources.Models;
using Tidegate.Gateway.Request;
using Tidegate.Models.Json;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Caching;

/// <summary>Which calls have the same answer: the same request, whatever the order of its fields and the spaces between them, in the same format, by the same consumer.</summary>
internal static class CacheKey
{
    /// <summary>The key of a call: a hash nobody finds a second request for.</summary>
    public static string Of(GatewayCall call, ModelCall model, AnswerCacheConfig config)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, config.Scope == AnswerCacheScope.Consumer ? call.Caller.Consumer : "");
        Add(hash, model.Face.Operation.ToString());
        Add(hash, model.Face.Word);
        Add(hash, model.Stream ? model.Face.Format.StreamMediaType : "");
        foreach (var guardrail in call.Route.Config.Models!.Guardrails) Add(hash, guardrail);
        Add(hash, model.Wishes?.Words ?? "");
        Add(hash, model.Json);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Chance has no part in the answer, or the caller asked for the same chance again.</summary>
    public static bool IsRepeatable(ModelCall model) =>
        model.Face.Operation is not (ModelOperation.Chat or ModelOperation.Completion) || IsSettled(model.Json) || Settings(model.Json, "generationConfig") || Settings(model.Json, "generation_config") || Settings(model.Json, "options");

    private static bool Settings(JsonElement body, string name) => body.TryField(name, out var settings) && settings.ValueKind == JsonValueKind.Object && IsSettled(settings);

    private static bool IsSettled(JsonElement settings) =>
        (settings.TryField("temperature", out var temperature) && temperature.ValueKind == JsonValueKind.Number && temperature.TryGetDouble(out var value) && value == 0)
        || (settings.TryField("seed", out var seed) && seed.ValueKind == JsonValueKind.Number);

    private static void Add(IncrementalHash hash, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                hash.AppendData("{"u8);
                // Names as they are written: escapes in them may be no text at all.
                foreach (var (name, value) in element.EnumerateObject().Select(p => (Name: Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(p)), p.Value)).OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    Add(hash, name);
                    Add(hash, value);
                }

                hash.AppendData("}"u8);
                break;
            case JsonValueKind.Array:
                hash.AppendData("["u8);
                foreach (var item in element.EnumerateArray()) Add(hash, item);
                hash.AppendData("]"u8);
                break;
            default:
                Add(hash, JsonMarshal.GetRawUtf8Value(element));
                break;
        }
    }

    private static void Add(IncrementalHash hash, string text) => Add(hash, Encoding.UTF8.GetBytes(text));

    // With its length: what stands beside it cannot be taken for a part of it.
    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[5];
        length[0] = (byte)':';
        BinaryPrimitives.WriteInt32LittleEndian(length[1..], bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
