using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf.Collections;
using Tidegate.Insight.Indicators.Otlp.Wire;

namespace Tidegate.Insight.Indicators.Otlp;

/// <summary>What tells a stream of points from others: the attributes of its resource and its own, the scope, the metric.</summary>
internal sealed class OtlpAttributes(string metric, string scope, RepeatedField<KeyValue> resource, RepeatedField<KeyValue> point)
{
    private string? _origin;
    private string? _stream;

    /// <summary>Identity of who sends: resource, scope and metric.</summary>
    public string Origin => _origin ??= Digest([]);

    /// <summary>Identity of the stream.</summary>
    public string Stream => _stream ??= Digest(point);

    /// <summary>Value of an attribute as text; the point's own before the resource's; null when there is none.</summary>
    public string? Find(string name) => Find(point, name) ?? Find(resource, name);

    private static string? Find(RepeatedField<KeyValue> attributes, string name)
    {
        foreach (var attribute in attributes)
            if (attribute.Key == name) return Text(attribute.Value);
        return null;
    }

    private string Digest(RepeatedField<KeyValue> own)
    {
        var text = new StringBuilder(metric).Append('\0').Append(scope);
        // Senders need not keep an order.
        foreach (var set in new[] { resource, own })
        {
            text.Append('\0');
            foreach (var attribute in set.OrderBy(a => a.Key, StringComparer.Ordinal)) text.Append('\u0001').Append(attribute.Key).Append('\u0002').Append(Text(attribute.Value));
        }

        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }

    private static string Text(AnyValue? value) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue.ToString("R", CultureInfo.InvariantCulture),
        null or AnyValue.ValueOneofCase.None => "",
        _ => value.ToString(),
    };
}
