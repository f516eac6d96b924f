using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Guardrails.Json;

/// <summary>Answers without their log probabilities: token by token they spell what is masked in the text. The answer may be cut off anywhere, or be no JSON at all.</summary>
internal static class LogprobText
{
    /// <summary>The answer with <c>null</c> in their place; the same bytes when there are none.</summary>
    public static ReadOnlyMemory<byte> Without(ReadOnlyMemory<byte> body)
    {
        if (body.Span.IndexOf("\"logprobs"u8) < 0) return body;
        var output = new List<byte>(body.Length);
        var reader = new Utf8JsonReader(body.Span, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = 128 }));
        var done = 0;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || !(reader.Is("logprobs"u8) || reader.Is("logprobsResult"u8))) continue;
                output.AddRange(body.Span[done..(int)reader.BytesConsumed]);
                output.AddRange("null"u8);
                if (!reader.TrySkip()) return output.ToArray(); // cut off in the middle of them
                done = (int)reader.BytesConsumed;
            }
        }
        catch (JsonException)
        {
            output.AddRange(body.Span[done..Math.Max(done, (int)reader.BytesConsumed)]); // no JSON from here on
            return output.ToArray();
        }

        output.AddRange(body.Span[done..]);
        return output.ToArray();
    }
}
