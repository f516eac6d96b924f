using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Shapes;

/// <summary>
/// All that the document knows of one type of value: how it is read, written, compared and described. One file per type, found by
/// <see cref="ShapeCatalogue"/>; reader, writer, diff, key list and JSON Schema have no other source.
/// </summary>
internal abstract class ValueShape
{
    /// <summary>What is legal, for messages: <c>a whole number from 1 to 10</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>Stands in for a value that could not be read, so that the rest of the object can still be checked.</summary>
    public abstract object Blank { get; }

    /// <summary>The value of a node that is not null. Problems go to the scope; <see cref="Blank"/> is returned then.</summary>
    public abstract object Read(Node node, BindScope scope);

    /// <summary>Writes a value.</summary>
    public abstract void Write(Utf8JsonWriter writer, object value, WriteStyle style);

    /// <summary>Its JSON Schema.</summary>
    public abstract JsonObject Schema(SchemaScope scope);

    /// <summary>True when both say the same (records hold lists, so their own equality is not enough).</summary>
    public virtual bool Same(object a, object b) => a.Equals(b);

    /// <summary>Shows every property inside the value that holds texts or blocks, with its path. Those at their default are passed over.</summary>
    public virtual void Visit(object value, KeyPath path, PropertyVisitor visit) { }

    /// <summary>Key paths below it, for the list of all keys.</summary>
    public virtual IEnumerable<(string Path, PropertyShape Property)> Keys() => [];
}
