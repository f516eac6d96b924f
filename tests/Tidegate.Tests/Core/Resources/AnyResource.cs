using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Budgets;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.Schema;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Tests.Core.Resources;

/// <summary>Arbitrary documents, made from the same shapes the reader uses: legal value by value, without regard to the rules. One seed, one document.</summary>
internal sealed class AnyResource(Random random)
{
    private static readonly string[] Texts =
    [
        "a", "no", "null", "~", "1.10", "0x1F", "12:30", "x y", " lead", "trail ", "a: b", "#c", "- d", "é\u4e2d\U0001F600", "\"q\"", "'", "", "true", "---", "...", "{a}", "*x", "&y",
        "!z", "%p", "@at", "`", "a\tb", "a\nb\n", "\u0085", "\u2028", "1e3", "=", "<<", "${env:X}", "=\\u", "a#b", ":", "a:", "-", "+1", "a,b", "[", "]", "|", ">", "? a", "\u007f", "\u0001",
    ];

    public static Arbitrary<ConfigDocument> Documents { get; } =
        Gen.Choose(0, int.MaxValue).Select(seed => new AnyResource(new Random(seed)).Document()).ToArbitrary();

    public ConfigDocument Document() => new(Enumerable.Range(0, random.Next(5)).Select(_ => Resource()).DistinctBy(r => r.Id));

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private Resource Resource()
    {
        var kind = Pick(random, ResourceKinds.All);
        var metadata = new ResourceMetadata { Name = Pick(random, ["a", "b", "c", "null", "1", "x.y-z"]), DisplayName = random.Next(3) == 0 ? Text() : null, Labels = Labels() };
        return kind.Create(metadata, Record(kind.Shape), null);
    }

    private Dictionary<string, string> Map() =>
        Enumerable.Range(0, random.Next(4)).Select(_ => (Key: Text(), Value: Text())).DistinctBy(p => p.Key).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);

    private Dictionary<string, IReadOnlyList<string>> Labels() =>
        Map().ToDictionary(p => p.Key, p => (IReadOnlyList<string>)(random.Next(3) == 0 ? [p.Value, Text()] : [p.Value]), StringComparer.Ordinal);

    private JsonNode? Free(int depth) => random.Next(depth > 3 ? 4 : 6) switch
    {
        0 => Text(),
        1 => random.Next(2) == 0,
        2 => random.Next(-1000, 1000) / 8m,
        3 => null,
        4 => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Free(depth + 1))]),
        _ => new JsonObject(Map().Keys.Select(key => KeyValuePair.Create(key, Free(depth + 1)))),
    };

    private string Text() => Pick(random, Texts);

    private object Record(RecordShape shape)
    {
        var instance = shape.Blank;
        foreach (var property in shape.Properties)
        {
            int choice = random.Next(4);
            if (choice == 0 || property.Required) property.Set(instance, Value(property.Value, property.Constraints));
            else if (choice == 1 && property.Nullable) property.Set(instance, null);
        }

        return instance;
    }

    private object Value(ValueShape shape, Constraints constraints) => shape switch
    {
        RecordShape record => Record(record),
        VariantShape variants => Record(Pick(random, variants.Variants)),
        ListShape list => List(list, constraints),
        MapShape => Map(),
        LabelsShape => Labels(),
        FreeShape => FreeBlock.Of(new JsonObject(Map().Keys.Select(key => KeyValuePair.Create(key, Free(0))))),
        DurationShorthandShape => new DurationShorthand(random.Next(1000), Pick(random, "mhdwMQY".ToCharArray())),
        LocalTimeShape => new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddSeconds(random.Next()),
        JsonShape => JsonDocument.Parse(Pick(random, ["{}", "[]", "1.50", "-3e2", "true", """{"z":{"a":[null,"x"]},"b":"é\"\n"}""", "\"no\"", "\"\"", "\"~\""])).RootElement,
        BooleanShape => random.Next(2) == 0,
        EnumShape words => Enum.Parse(words.Type, Pick(random, Enum.GetNames(words.Type))),
        StringShape when constraints.Pattern == MoneyText.Pattern => MoneyText.Format(random.NextInt64(1_000_000_000_000), "EUR"),
        StringShape when constraints.Pattern is not null => new string('a', 64),
        StringShape or IntegerShape when constraints.Allowed.Count > 0 => Pick(random, constraints.Allowed),
        StringShape => Text(),
        IntegerShape => Whole(constraints.Minimum ?? int.MinValue, constraints.Maximum ?? int.MaxValue, shape.Blank.GetType()),
        ByteSizeShape => Whole(0, constraints.Maximum ?? long.MaxValue, shape.Blank.GetType()),
        NumberShape => (constraints.LeastNumber ?? 0) + (((constraints.GreatestNumber ?? 1) - (constraints.LeastNumber ?? 0)) * random.NextDouble()),
        DecimalShape => (decimal)(constraints.LeastNumber ?? 0) + (random.NextInt64(0, 1_000_000) / 1_000_000m * (decimal)((constraints.GreatestNumber ?? 1000) - (constraints.LeastNumber ?? 0))),
        DurationShape => Span(constraints.Duration),
        UriShape => new Uri(Pick(random, ["http://a:1", "https://Host.example.com:443/x?y#z", "http://[::1]"])),
        InstantShape => DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(TimeSpan.FromDays(36500).Ticks)),
        _ => throw new NotSupportedException($"AnyResource does not know {shape.GetType().Name} yet."),
    };

    private object Whole(long least, long greatest, Type type) =>
        Convert.ChangeType(random.NextInt64(least, Math.Min(greatest, long.MaxValue - 1) + 1), type, CultureInfo.InvariantCulture);

    private TimeSpan Span(DurationRangeAttribute? range)
    {
        var least = range is null ? TimeSpan.Zero : Duration.Parse(range.Minimum);
        var greatest = range is null ? TimeSpan.FromDays(100) : Duration.Parse(range.Maximum);
        var ticks = random.NextInt64(least.Ticks, greatest.Ticks + 1);
        return TimeSpan.FromTicks(ticks - (ticks % TimeSpan.TicksPerMicrosecond));
    }

    private Array List(ListShape shape, Constraints constraints)
    {
        var array = Array.CreateInstance(shape.Blank.GetType().GetElementType()!, random.Next(constraints.MinimumLength, 4));
        for (int i = 0; i < array.Length; i++) array.SetValue(Value(shape.Element, constraints), i);
        return array;
    }
}
