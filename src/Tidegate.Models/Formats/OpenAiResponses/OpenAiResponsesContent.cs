using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>One part of a message while it grows.</summary>
internal sealed class OpenAiResponsesContent(bool isRefusal)
{
    public bool IsRefusal { get; } = isRefusal;

    public StringBuilder Text { get; } = new();

    public List<TokenLogprob> Logprobs { get; } = [];

    public List<Citation> Citations { get; } = [];

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (IsRefusal)
        {
            json.WriteString("type", "refusal");
            json.WriteString("refusal", Text.ToString());
        }
        else
        {
            json.WriteString("type", "output_text");
            json.WriteString("text", Text.ToString());
            json.WriteStartArray("annotations");
            foreach (var citation in Citations) OpenAiCitations.WriteResponses(citation, json);
            json.WriteEndArray();
            OpenAiLogprobs.Write("logprobs", Logprobs, json);
        }

        json.WriteEndObject();
    }
}
