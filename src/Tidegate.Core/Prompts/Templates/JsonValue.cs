using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fluid;
using Fluid.Values;

namespace Tidegate.Core.Prompts.Templates;

/// <summary>A list or an object a caller gave. Written into a text it is the JSON the caller wrote. Nothing but JSON is reached through it.</summary>
internal sealed class JsonValue(JsonElement element) : FluidValue
{
    public override FluidValues Type => IsList ? FluidValues.Array : FluidValues.Dictionary;

    private bool IsList => element.ValueKind == JsonValueKind.Array;

    /// <summary>Any JSON, as templates see it.</summary>
    public static FluidValue Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => new StringValue(TextOf(element)),
        JsonValueKind.Number => element.TryGetDecimal(out var number) ? NumberValue.Create(decimal.IsInteger(number) ? decimal.Truncate(number) : number) : new StringValue(element.GetRawText()),
        JsonValueKind.True => BooleanValue.True,
        JsonValueKind.False => BooleanValue.False,
        JsonValueKind.Array or JsonValueKind.Object => new JsonValue(element),
        _ => NilValue.Instance,
    };

    /// <summary>Name of a property, also when it holds half a surrogate pair.</summary>
    public static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return "\ufffd";
        }
    }

    public override ValueTask<FluidValue> GetValueAsync(string name, TemplateContext context)
    {
        if (!IsList) return element.TryGetProperty(name, out var value) ? Of(value) : NilValue.Instance;
        var count = element.GetArrayLength();
        return name switch
        {
            "size" => NumberValue.Create(count),
            "first" when count > 0 => Of(element[0]),
            "last" when count > 0 => Of(element[count - 1]),
            _ => NilValue.Instance,
        };
    }

    public override ValueTask<FluidValue> GetIndexAsync(FluidValue index, TemplateContext context)
    {
        if (!IsList) return GetValueAsync(index.ToStringValue(), context);
        var (at, count) = (index.ToNumberValue(), element.GetArrayLength());
        if (at < 0) at += count;
        return at >= 0 && at < count ? Of(element[(int)at]) : NilValue.Instance;
    }

    public override IEnumerable<FluidValue> Enumerate(TemplateContext context)
    {
        if (IsList)
        {
            foreach (var item in element.EnumerateArray()) yield return Of(item);
        }
        else
        {
            foreach (var property in element.EnumerateObject()) yield return new ArrayValue(new[] { new StringValue(NameOf(property)), Of(property.Value) });
        }
    }

    public override bool Contains(FluidValue value)
    {
        if (!IsList) return element.TryGetProperty(value.ToStringValue(), out _);
        foreach (var item in element.EnumerateArray())
            if (Of(item).Equals(value)) return true;
        return false;
    }

    public override bool Equals(FluidValue? other) => ReferenceEquals(this, other) || (other is EmptyValue && ToStringValue() is "[]" or "{}");

    public override bool Equals(object? obj) => obj is FluidValue other && Equals(other);

    public override int GetHashCode() => 0;

    public override bool ToBooleanValue() => true;

    public override decimal ToNumberValue() => 0;

    public override string ToStringValue() => element.GetRawText();

    public override object ToObjectValue() => element;

    public override ValueTask WriteToAsync(TextWriter writer, TextEncoder encoder, CultureInfo cultureInfo)
    {
        writer.Write(element.GetRawText());
        return default;
    }

    // Half a surrogate pair is no text, and a model is not told of it.
    private static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(element.GetRawText()[1..^1]));
        }
    }
}
