using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tidegate.Models.Tests.Support;

/// <summary>Neutral values as text, for comparing and for golden files: names and values that say something, in the order of their declaration.</summary>
internal static class Dump
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return text.ToString();
    }

    public static string Lines(IEnumerable<object> values) => string.Concat(values.Select(v => Of(v) + "\n"));

    private static void Write(object? value, StringBuilder text)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string words:
                text.Append('"').Append(words.Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
                break;
            case JsonElement json:
                text.Append(json.ValueKind == JsonValueKind.Undefined ? "undefined" : json.GetRawText());
                break;
            case IEnumerable items:
                text.Append('[');
                var first = true;
                foreach (var item in items)
                {
                    if (!first) text.Append(", ");
                    first = false;
                    Write(item, text);
                }

                text.Append(']');
                break;
            case IFormattable or bool:
                text.Append(string.Format(CultureInfo.InvariantCulture, "{0}", value));
                break;
            default:
                WriteObject(value, text);
                break;
        }
    }

    private static void WriteObject(object value, StringBuilder text)
    {
        text.Append(value.GetType().Name).Append('(');
        var first = true;
        foreach (var property in value.GetType().GetProperties().Where(p => p.CanWrite))
        {
            var part = property.GetValue(value);
            if (part is null or false or 0 or 0L or ICollection { Count: 0 } or JsonElement { ValueKind: JsonValueKind.Undefined }) continue;
            if (!first) text.Append(", ");
            first = false;
            text.Append(property.Name).Append(": ");
            Write(part, text);
        }

        text.Append(')');
    }
}
