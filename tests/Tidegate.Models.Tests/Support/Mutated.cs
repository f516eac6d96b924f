using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidegate.Models.Tests.Support;

/// <summary>JSON with one value replaced by something nobody expects there.</summary>
internal static class Mutated
{
    private const string Mark = "\u0001here";

    private static readonly string[] Odd =
    [
        "null", "true", "7", "-1", "1.5", "1e999", "99999999999999999999", "\"\"", "\"x\"", "\"\\ud800\"", "[]", "{}", "[[]]", "[null]", "[7]", "{\"type\":7}", "{\"type\":\"x\"}", "{\"\\udc00\":1}",
        "[{\"type\":\"text\"}]", "{\"error\":{}}",
    ];

    /// <summary>The text with another value in one place, both by chance.</summary>
    public static byte[] Of(byte[] json, int seed)
    {
        var random = new Random(seed);
        var root = JsonNode.Parse(json)!;
        var places = new List<JsonNode>();
        Collect(root, places);
        if (places.Count == 0) return Encoding.UTF8.GetBytes(Odd[random.Next(Odd.Length)]);
        places[random.Next(places.Count)].ReplaceWith(Mark);
        var text = root.ToJsonString();
        return Encoding.UTF8.GetBytes(text.Replace(JsonSerializer.Serialize(Mark), Odd[random.Next(Odd.Length)], StringComparison.Ordinal));
    }

    private static void Collect(JsonNode node, List<JsonNode> places)
    {
        if (node is JsonObject fields)
        {
            foreach (var (_, value) in fields)
                if (value is not null) Take(value, places);
        }
        else if (node is JsonArray items)
        {
            foreach (var value in items)
                if (value is not null) Take(value, places);
        }
    }

    private static void Take(JsonNode value, List<JsonNode> places)
    {
        places.Add(value);
        Collect(value, places);
    }
}
