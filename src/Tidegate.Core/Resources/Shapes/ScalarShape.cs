using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Shapes;

/// <summary>A shape whose values are written as one scalar.</summary>
internal abstract class ScalarShape : ValueShape
{
    public sealed override object Read(Node node, BindScope scope)
    {
        if (node is ScalarNode scalar && Parse(scalar, scope) is { } value) return value;
        scope.Error(node, "wrong_type", $"Expected {Expected}, found {node.Description}.");
        return Blank;
    }

    /// <summary>The value, or null when the scalar is of another type. A value of the right type outside its range is reported here, and <see cref="ValueShape.Blank"/> returned.</summary>
    protected abstract object? Parse(ScalarNode scalar, BindScope scope);
}
