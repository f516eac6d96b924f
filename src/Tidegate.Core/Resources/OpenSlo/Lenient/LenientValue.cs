using System.Globalization;
using Tidegate.Core.Resources.OpenSlo.Slis;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Lenient;

/// <summary>
/// Makes values legal where it is clear what was meant: keys and words in another case, numbers written as texts, one value where a list belongs, keys nobody
/// knows. Walks text and shape side by side, so it needs no list of keys. Whatever it does not understand it leaves for strict reading to refuse.
/// </summary>
internal sealed class LenientValue(LenientScope scope, Func<string, string?> typeOfDataSource)
{
    public Node Read(Node node, ValueShape shape, Constraints constraints) => (shape, node) switch
    {
        (RecordShape record, MapNode map) => Record(record, map),
        (RecordShape { Shorthand: { } alone }, ScalarNode) => Read(node, alone.Value, alone.Constraints),
        (ListShape list, ListNode items) => List(list, items, constraints),
        (ListShape list, _) => Alone(list, node, constraints),
        (LabelsShape or MapShape, MapNode map) => Texts(map, shape),
        (_, ScalarNode scalar) => Scalar(scalar, shape, constraints),
        _ => node,
    };

    private MapNode Record(RecordShape record, MapNode map)
    {
        var entries = new List<KeyValuePair<ScalarNode, Node>>(map.Entries.Count);
        foreach (var (key, value) in map.Entries)
        {
            var property = record.Properties.FirstOrDefault(p => p.Key == key.Text) ?? record.Properties.FirstOrDefault(p => IsMeant(key.Text, p.Key) && map.Find(p.Key) is null);
            scope.Path.Push(key.Text);
            if (property is null)
            {
                scope.Forgive(key, $"The key \"{Echo.Of(key.Text)}\" is not known and is left out.{Suggestion.For(key.Text, record.Properties.Select(p => p.Key))}");
            }
            else if (entries.Exists(e => e.Key.Text == property.Key))
            {
                scope.Forgive(key, $"The key \"{property.Key}\" stands here twice: the first holds.");
            }
            else if (value is ScalarNode { IsEmpty: true } or ScalarNode { IsNull: true } && !(property.Nullable && value is ScalarNode { IsNull: true, IsEmpty: false }))
            {
                scope.Forgive(key, $"Nothing stands after \"{property.Key}\": it is taken for left out.");
            }
            else
            {
                if (property.Key != key.Text) scope.Forgive(key, $"\"{Echo.Of(key.Text)}\" is taken for \"{property.Key}\".");
                entries.Add(KeyValuePair.Create(property.Key == key.Text ? key : LenientNode.Plain(key, property.Key), Read(value, property.Value, property.Constraints)));
            }

            scope.Path.Pop();
        }

        var read = new MapNode(map.Position.File, map.Line, map.Column, entries);
        return record.Type == typeof(MetricSourceConfig) ? Source(read) : read;
    }

    /// <summary>Keys of metric sources that Tidegate does not know, for sources of others: ours are new, and wrong ones are mistakes.</summary>
    private MapNode Source(MapNode source)
    {
        var word = LenientNode.TextOf(source, "type") ?? (LenientNode.TextOf(source, "metricSourceRef") is { } name ? typeOfDataSource(name) : null);
        if (!string.Equals(word, "prometheus", StringComparison.OrdinalIgnoreCase) || source.Find("spec") is not MapNode spec) return source;
        scope.Path.Push("spec");
        var read = Read(spec, ShapeCatalogue.OfRecord(typeof(Indicators.PrometheusIndicatorConfig)), Constraints.None);
        scope.Path.Pop();
        return LenientNode.With(source, "spec", read);
    }

    private ListNode List(ListShape list, ListNode items, Constraints constraints)
    {
        var read = new List<Node>(items.Items.Count);
        for (int i = 0; i < items.Items.Count; i++)
        {
            scope.Path.Push(i);
            if (items.Items[i] is ScalarNode { IsEmpty: true } or ScalarNode { IsNull: true }) scope.Forgive(items.Items[i], "Nothing stands here: the element is left out.");
            else read.Add(Read(items.Items[i], list.Element, constraints));
            scope.Path.Pop();
        }

        return LenientNode.List(items, read);
    }

    private ListNode Alone(ListShape list, Node node, Constraints constraints)
    {
        scope.Forgive(node, "One value stands where a list belongs: it is taken for a list of it.");
        scope.Path.Push(0);
        var read = Read(node, list.Element, constraints);
        scope.Path.Pop();
        return LenientNode.List(node, read);
    }

    private MapNode Texts(MapNode map, ValueShape shape)
    {
        var entries = new List<KeyValuePair<ScalarNode, Node>>(map.Entries.Count);
        foreach (var (key, value) in map.Entries)
        {
            scope.Path.Push(key.Text);
            if (value is ScalarNode { IsEmpty: true } or ScalarNode { IsNull: true } || (value is not ScalarNode && shape is MapShape) || value is MapNode)
                scope.Forgive(value, $"The value of \"{Echo.Of(key.Text)}\" is no text: the key is left out.");
            else
                entries.Add(KeyValuePair.Create(key, value is ScalarNode { Style: ScalarStyle.Literal } literal ? LenientNode.Text(literal, literal.Text) : value));
            scope.Path.Pop();
        }

        return new MapNode(map.Position.File, map.Line, map.Column, entries);
    }

    private ScalarNode Scalar(ScalarNode scalar, ValueShape shape, Constraints constraints)
    {
        var meant = shape switch
        {
            EnumShape words => Word(scalar, words.Words),
            StringShape when constraints.Allowed.Count > 0 => Word(scalar, [.. constraints.Allowed.Cast<string>()]),
            StringShape when constraints.Reference is not null && LenientName.Of(scalar.Text) is var name && name != scalar.Text => LenientNode.Text(scalar, name),
            StringShape when scalar.Style == ScalarStyle.Literal => LenientNode.Text(scalar, scalar.Text),
            DecimalShape or NumberShape or IntegerShape when scalar.Style == ScalarStyle.Quoted && decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => LenientNode.Plain(scalar, scalar.Text.Trim()),
            BooleanShape => Truth(scalar),
            DurationShorthandShape when !DurationShorthand.TryParse(scalar.Text, out _) && LenientDuration.Of(scalar.Text) is { } duration => LenientNode.Text(scalar, duration.ToString()),
            LocalTimeShape => Time(scalar),
            _ => null,
        };
        if (meant is null) return scalar;
        scope.Forgive(scalar, $"{scalar.Description} is taken for {meant.Text}.");
        return meant;
    }

    private static ScalarNode? Word(ScalarNode scalar, IReadOnlyList<string> words) =>
        words.Contains(scalar.Text, StringComparer.Ordinal) || words.FirstOrDefault(w => IsMeant(scalar.Text, w)) is not { } word ? null : LenientNode.Text(scalar, word);

    private static ScalarNode? Truth(ScalarNode scalar) => scalar.Text.ToLowerInvariant() switch
    {
        "true" when scalar.Style != ScalarStyle.Quoted => null,
        "false" when scalar.Style != ScalarStyle.Quoted => null,
        "true" or "yes" or "on" => LenientNode.Plain(scalar, "true"),
        "false" or "no" or "off" => LenientNode.Plain(scalar, "false"),
        _ => null,
    };

    private static ScalarNode? Time(ScalarNode scalar)
    {
        const string legal = "yyyy-MM-dd HH:mm:ss";
        if (DateTime.TryParseExact(scalar.Text, legal, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) return null;
        // What stands on the clock is kept: the zone is that of timeZone, whatever an offset says.
        return DateTimeOffset.TryParse(scalar.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? LenientNode.Text(scalar, time.DateTime.ToString(legal, CultureInfo.InvariantCulture)) : null;
    }

    private static bool IsMeant(string written, string legal) => string.Equals(Letters(written), Letters(legal), StringComparison.Ordinal);

    private static string Letters(string word) => new([.. word.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);
}
