using System.Reflection;

namespace Tidegate.Core.Resources.Shapes;

/// <summary>Reads and writes one property of a configuration record. Delegates to the accessors themselves: nothing is generated at run time, which matters while a process is young.</summary>
internal abstract class PropertyAccess
{
    public abstract object? Get(object instance);

    public abstract void Set(object instance, object? value);

    public static PropertyAccess Of(PropertyInfo property) =>
        (PropertyAccess)Activator.CreateInstance(typeof(Typed<,>).MakeGenericType(property.DeclaringType!, property.PropertyType), property)!;

    private sealed class Typed<TOwner, TValue>(PropertyInfo property) : PropertyAccess
        where TOwner : class
    {
        private readonly Func<TOwner, TValue> _get = property.GetMethod!.CreateDelegate<Func<TOwner, TValue>>();
        private readonly Action<TOwner, TValue> _set = property.SetMethod!.CreateDelegate<Action<TOwner, TValue>>();

        public override object? Get(object instance) => _get((TOwner)instance);

        public override void Set(object instance, object? value) => _set((TOwner)instance, (TValue)value!);
    }
}
