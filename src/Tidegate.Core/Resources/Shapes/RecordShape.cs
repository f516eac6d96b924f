using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Shapes;

/// <summary>A configuration record: a block of known keys.</summary>
internal sealed class RecordShape : ValueShape
{
    private readonly FrozenDictionary<string, PropertyShape> _byKey;
    private readonly PropertyShape[] _properties;
    private readonly PropertyShape[] _sorted;

    public RecordShape(Type type)
    {
        Type = type;
        var nullability = new NullabilityInfoContext();
        var prototype = Activator.CreateInstance(type)!;
        _properties =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.SetMethod is not null)
                .Select((p, i) => new PropertyShape(p, nullability.Create(p), prototype, i)),
        ];
        if (_properties.Length > 64) throw new NotSupportedException($"{type} has more than 64 keys: divide it into blocks.");
        _byKey = _properties.ToFrozenDictionary(p => p.Key, StringComparer.Ordinal);
        Variant = type.GetCustomAttribute<VariantAttribute>()?.Word;
        _sorted = [.. Properties.OrderBy(p => p.Key, StringComparer.Ordinal)];
        Shorthand = Properties.SingleOrDefault(p => p.Info.IsDefined(typeof(ShorthandAttribute)));
    }

    public Type Type { get; }

    /// <summary>In the order of their declaration.</summary>
    public IReadOnlyList<PropertyShape> Properties => _properties;

    /// <summary>The key whose value may stand alone for the block; null for most records.</summary>
    public PropertyShape? Shorthand { get; }

    /// <summary>What the key <c>type</c> is for it, where that key decides between several records; else null.</summary>
    public string? Variant { get; }

    public override string Expected => $"{(Shorthand is null ? "" : Shorthand.Value.Expected + ", or ")}a block with the keys {string.Join(", ", Properties.Select(p => p.Key))}";

    public override object Blank
    {
        get
        {
            var instance = Create();
            foreach (var property in _properties) property.Set(instance, property.Required ? property.Value.Blank : property.Default);
            return instance;
        }
    }

    public static ValueShape? For(Type type, Constraints constraints) =>
        type is { IsClass: true, Namespace: not null } && type.Namespace.StartsWith(typeof(Resource).Namespace!, StringComparison.Ordinal) ? ShapeCatalogue.OfRecord(type) : null;

    public override object Read(Node node, BindScope scope)
    {
        if (node is not MapNode map)
        {
            if (node is ScalarNode && Shorthand is not null)
            {
                var alone = Blank;
                Shorthand.Set(alone, Shorthand.Read(node, scope));
                return alone;
            }

            scope.Error(node, "wrong_type", $"Expected {Expected}, found {node.Description}.");
            return Blank;
        }

        var instance = Create();
        ulong seen = 0;
        foreach (var (key, value) in map.Entries)
        {
            scope.Path.Push(key.Text);
            if (!_byKey.TryGetValue(key.Text, out var property))
            {
                if (Variant is not null && key.Text == VariantShape.Key)
                {
                    if (!ReferenceEquals(map.Find(VariantShape.Key), value)) scope.Error(key, "duplicate_key", $"The key \"{key.Text}\" stands here twice: remove one.");
                    scope.Path.Pop();
                    continue;
                }

                scope.Error(key, "unknown_key", scope.Full ? "" : UnknownKey(key.Text));
            }
            else if ((seen & (1UL << property.Index)) != 0)
            {
                scope.Error(key, "duplicate_key", $"The key \"{key.Text}\" stands here twice, first at line {map.FindKey(key.Text)!.Line}: remove one.");
            }
            else
            {
                seen |= 1UL << property.Index;
                property.Set(instance, property.Read(value, scope));
            }

            scope.Path.Pop();
        }

        foreach (var property in _properties)
        {
            if ((seen & (1UL << property.Index)) != 0) continue;
            if (property.Required) Missing(property, instance, node, scope);
            // One default for all objects: comparing, writing and checking pass over it by identity.
            else property.Set(instance, property.Default);
        }

        return instance;
    }

    public override void Write(Utf8JsonWriter writer, object value, WriteStyle style)
    {
        writer.WriteStartObject();
        if (Variant is not null) writer.WriteString(VariantShape.Key, Variant);
        foreach (var property in style == WriteStyle.Canonical ? _sorted : _properties)
        {
            var member = property.Get(value);
            if (property.IsDefault(member)) continue;
            writer.WritePropertyName(property.Encoded);
            if (member is null) writer.WriteNullValue();
            else property.Value.Write(writer, member, style);
        }

        writer.WriteEndObject();
    }

    public override bool Same(object a, object b)
    {
        if (ReferenceEquals(a, b)) return true;
        foreach (var property in _sorted)
        {
            if (!property.Same(property.Get(a), property.Get(b))) return false;
        }

        return true;
    }

    public override JsonObject Schema(SchemaScope scope) => scope.Reference(this);

    public override void Visit(object value, KeyPath path, PropertyVisitor visit)
    {
        foreach (var property in _properties)
        {
            if (property.IsPlain || property.Get(value) is not { } member || ReferenceEquals(member, property.Default)) continue;
            path.Push(property.Key);
            visit(property, member, path);
            property.Value.Visit(member, path, visit);
            path.Pop();
        }
    }

    public override IEnumerable<(string Path, PropertyShape Property)> Keys()
    {
        foreach (var property in Properties)
        {
            yield return (property.Key, property);
            foreach (var (path, inner) in property.Value.Keys())
            {
                yield return (path.StartsWith('[') ? property.Key + path : $"{property.Key}.{path}", inner);
            }
        }
    }

    private static void Missing(PropertyShape property, object instance, Node node, BindScope scope)
    {
        scope.Path.Push(property.Key);
        scope.Error(node, "missing_key", $"The key \"{property.Key}\" is missing: give {property.Value.Expected}.");
        scope.Path.Pop();
        property.Set(instance, property.Value.Blank);
    }

    private string UnknownKey(string key)
    {
        // A key that is right but stands too high up is as common as a typing error.
        var deeper = Properties.Where(p => p.Value is RecordShape).SelectMany(p => p.Value.Keys(), (p, k) => $"{p.Key}.{k.Path}")
            .FirstOrDefault(path => path.EndsWith("." + key, StringComparison.Ordinal) && !path.Contains('[', StringComparison.Ordinal));
        var legal = Properties.Select(p => p.Key).ToList();
        if (Variant is not null) legal.Insert(0, VariantShape.Key);
        var hint = Suggestion.For(key, legal) is { Length: > 0 } near ? near : deeper is null ? "" : $" Did you mean \"{deeper}\"?";
        return $"Unknown key \"{key}\".{hint} Legal here: {string.Join(", ", legal)}.";
    }

    // Its constructor would make a default for every key, most of them only to be replaced: every key is set by who calls this.
    private object Create() => RuntimeHelpers.GetUninitializedObject(Type);
}
